-- row: one order number of a channel that two lenders used, so that no line can name
--   either
-- key: channel, order_no
with
    orders as (
        select
            channel,
            order_no,
        from staging.repeated_orders
    ),
    final as (
        select
            channel,
            order_no,
        from orders
        group by
            channel,
            order_no
        having count(*) > 1
    )
select * from final
