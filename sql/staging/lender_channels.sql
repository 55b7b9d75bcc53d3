-- row: one channel that a lender's orders or postings name
-- key: lender, channel
with
    orders as (
        select
            lender,
            channel,
        from staging.latest_orders
    ),
    repayments as (
        select
            lender,
            channel,
        from staging.latest_postings
        where channel is not null
    ),
    final as (
        select lender, channel from orders
        union
        select lender, channel from repayments
    )
select * from final
