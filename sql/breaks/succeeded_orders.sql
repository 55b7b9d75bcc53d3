-- row: one debit order that took money, as the lender or as the channel says, and since
--   when that is known
-- key: entry_id
-- kept: no
with
    orders as (
        select
            entry_id,
            lender,
            borrower_ref,
            card_no,
            channel,
            bank_code,
            order_no,
            status,
            amount_minor,
            requested_at,
        from staging.order_limits
    ),
    debits as (
        select
            debits.channel,
            debits.order_no,
            min(debits.known_on) as known_on,
        from staging.debits as debits
        semi join orders
            on debits.channel = orders.channel
            and debits.order_no = orders.order_no
            and orders.status <> 'succeeded'
        group by
            debits.channel,
            debits.order_no
    ),
    final as (
        select
            orders.entry_id,
            orders.lender,
            orders.borrower_ref,
            orders.card_no,
            orders.channel,
            orders.bank_code,
            orders.amount_minor,
            orders.requested_at,
            -- what the lender recorded as failed is known from the channel's file
            case
                when orders.status = 'succeeded' then cast(orders.requested_at as date)
                else debits.known_on
            end as known_on,
        from orders
        left join debits
            on orders.channel = debits.channel and orders.order_no = debits.order_no
        where orders.status = 'succeeded' or debits.order_no is not null
    )
select * from final
