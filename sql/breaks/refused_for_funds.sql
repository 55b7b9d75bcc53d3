-- row: one debit order that failed because the card was said to hold too little, and
--   the days on which no debit of it was known
-- key: entry_id
with
    orders as (
        select
            entry_id,
            channel,
            order_no,
            status,
            response_code,
            cast(requested_at as date) as requested_on,
        from staging.orders
    ),
    codes as (
        select
            channel,
            response_code,
        from reference.response_codes
        where meaning = 'insufficient_funds'
    ),
    lines as (
        select
            lines.channel,
            lines.order_no,
            lines.known_on,
        from staging.settlement_lines as lines
        inner join codes
            on lines.channel = codes.channel
            and lines.response_code = codes.response_code
        where lines.kind = 'debit' and lines.outcome = 'failed'
    ),
    debits as (
        select
            channel,
            order_no,
            known_on,
        from staging.debits
    ),
    refused as (
        select
            orders.entry_id,
            orders.channel,
            orders.order_no,
            orders.requested_on as told_on,
        from orders
        semi join codes
            on orders.channel = codes.channel
            and orders.response_code = codes.response_code
        where orders.status = 'failed'
        union all
        select
            orders.entry_id,
            orders.channel,
            orders.order_no,
            greatest(orders.requested_on, lines.known_on) as told_on,
        from orders
        inner join lines
            on orders.channel = lines.channel and orders.order_no = lines.order_no
    ),
    final as (
        select
            refused.entry_id,
            min(refused.told_on) as refused_since,
            min(debits.known_on) as refused_until,
        from refused
        left join debits
            on refused.channel = debits.channel and refused.order_no = debits.order_no
        group by refused.entry_id
    )
select * from final
