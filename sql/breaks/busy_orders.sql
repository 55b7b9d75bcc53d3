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
            status,
            amount_minor,
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
    debits as (
        select
            channel,
            order_no,
            known_on,
        from staging.debits
    ),
    busy_orders as (
        select
            orders.entry_id,
            orders.lender,
            orders.borrower_ref,
            orders.card_no,
            orders.channel,
            orders.bank_code,
            orders.order_no,
            orders.status,
            orders.amount_minor,
            orders.requested_at,
        from orders
        semi join busy_cards
            on orders.lender = busy_cards.lender
            and orders.borrower_ref = busy_cards.borrower_ref
            and orders.card_no = busy_cards.card_no
            and orders.channel = busy_cards.channel
            and orders.bank_code = busy_cards.bank_code
            and date_trunc('month', orders.requested_at) = busy_cards.month
    ),
    taken as (
        select
            busy_orders.entry_id,
            min(debits.known_on) as known_on,
        from busy_orders
        inner join debits
            on busy_orders.channel = debits.channel
            and busy_orders.order_no = debits.order_no
        group by busy_orders.entry_id
    ),
    final as (
        select
            busy_orders.entry_id,
            busy_orders.lender,
            busy_orders.borrower_ref,
            busy_orders.card_no,
            busy_orders.channel,
            busy_orders.bank_code,
            busy_orders.order_no,
            busy_orders.requested_at,
            case
                when busy_orders.status = 'succeeded' or taken.entry_id is not null
                    then busy_orders.amount_minor
                else 0
            end as succeeded_minor,
            -- what the lender recorded as failed is known from the channel's file
            case
                when busy_orders.status = 'succeeded'
                    then cast(busy_orders.requested_at as date)
                else taken.known_on
            end as known_on,
        from busy_orders
        left join taken on busy_orders.entry_id = taken.entry_id
    )
select * from final
