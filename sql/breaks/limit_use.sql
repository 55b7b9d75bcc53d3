-- row: one order of a busy card, with what earlier orders used up of its limits
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
            succeeded_minor,
        from breaks.busy_orders
    ),
    final as (
        select
            entry_id,
            cast(coalesce(sum(succeeded_minor) over earlier_that_day, 0) as bigint)
                as used_that_day_minor,
            cast(coalesce(sum(succeeded_minor) over earlier_that_month, 0) as bigint)
                as used_that_month_minor,
        from orders
        window
            earlier_that_day as (
                partition by
                    lender,
                    borrower_ref,
                    card_no,
                    channel,
                    bank_code,
                    cast(requested_at as date)
                order by requested_at, order_no
                rows between unbounded preceding and 1 preceding
            ),
            earlier_that_month as (
                partition by
                    lender,
                    borrower_ref,
                    card_no,
                    channel,
                    bank_code,
                    date_trunc('month', requested_at)
                order by requested_at, order_no
                rows between unbounded preceding and 1 preceding
            )
    )
select * from final
