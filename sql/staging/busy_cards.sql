-- row: one card in one month whose orders together may exceed a day or a month limit
-- key: lender, borrower_ref, card_no, channel, bank_code, month
-- A masked number is a card only together with its borrower.
with
    orders as (
        select
            lender,
            borrower_ref,
            card_no,
            channel,
            bank_code,
            amount_minor,
            requested_at,
            per_day_minor,
            per_month_minor,
        from staging.order_limits
        where card_no is not null and borrower_ref is not null
    ),
    final as (
        select
            lender,
            borrower_ref,
            card_no,
            channel,
            bank_code,
            date_trunc('month', requested_at) as month,
        from orders
        group by
            lender,
            borrower_ref,
            card_no,
            channel,
            bank_code,
            date_trunc('month', requested_at)
        having sum(amount_minor) > least(min(per_day_minor), min(per_month_minor))
    )
select * from final
