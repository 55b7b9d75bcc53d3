-- row: one order number of a channel that stands on more than one line
-- key: channel, order_no
with
    business_day as (
        select as_of
        from reference.business_day
    ),
    files as (
        select file_id
        from staging.files
    ),
    lines as (
        select
            file_id,
            channel,
            order_no,
            requested_at,
        from landing.debit_orders
    ),
    final as (
        select
            lines.channel,
            lines.order_no,
        from lines
        semi join files on lines.file_id = files.file_id
        inner join business_day on lines.requested_at < business_day.as_of
        group by
            lines.channel,
            lines.order_no
        having count(*) > 1
    )
select * from final
