-- row: one order of a busy card, what was taken with it, and since when that is known
-- key: entry_id
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
            requested_at,
        from staging.order_limits
    ),
    busy_cards as (
        select
            lender,
            borrower_ref,
            card_no,
            channel,
            bank_code,
            month,
        from staging.busy_cards
    ),
    succeeded as (
        select
            entry_id,
            amount_minor,
            known_on,
        from breaks.succeeded_orders
    ),
    final as (
        select
            orders.entry_id,
            orders.lender,
            orders.borrower_ref,
            orders.card_no,
            orders.channel,
            orders.bank_code,
            orders.order_no,
            orders.requested_at,
            coalesce(succeeded.amount_minor, 0) as succeeded_minor,
            succeeded.known_on,
        from orders
        semi join busy_cards
            on orders.lender = busy_cards.lender
            and orders.borrower_ref = busy_cards.borrower_ref
            and orders.card_no = busy_cards.card_no
            and orders.channel = busy_cards.channel
            and orders.bank_code = busy_cards.bank_code
            and date_trunc('month', orders.requested_at) = busy_cards.month
        left join succeeded on orders.entry_id = succeeded.entry_id
    )
select * from final
