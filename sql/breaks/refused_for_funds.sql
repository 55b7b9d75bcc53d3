-- row: one debit order that failed because the card was said to hold too little
-- key: entry_id
with
    orders as (
        select
            entry_id,
            channel,
            order_no,
            status,
            response_code,
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
        from staging.debits
    ),
    refused as (
        select
            orders.entry_id,
            orders.channel,
            orders.order_no,
        from orders
        semi join codes
            on orders.channel = codes.channel
            and orders.response_code = codes.response_code
        where orders.status = 'failed'
        union
        select
            orders.entry_id,
            orders.channel,
            orders.order_no,
        from orders
        semi join lines
            on orders.channel = lines.channel and orders.order_no = lines.order_no
    ),
    final as (
        select refused.entry_id
        from refused
        anti join debits
            on refused.channel = debits.channel and refused.order_no = debits.order_no
    )
select * from final
