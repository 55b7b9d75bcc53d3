-- row: one debit order whose number stands on more than one line, and the place of the
--   line that counts
-- key: lender, channel, order_no
with
    business_day as (
        select as_of
        from reference.business_day
    ),
    files as (
        select
            file_id,
            file_rank,
            lender,
        from staging.files
    ),
    lines as (
        select
            file_id,
            line,
            channel,
            order_no,
            requested_at,
        from landing.debit_orders
    ),
    repeated as (
        select
            channel,
            order_no,
        from staging.repeated_order_nos
    ),
    final as (
        select
            files.lender,
            lines.channel,
            lines.order_no,
            max(files.file_rank * 4294967296 + lines.line) as last_place,
        from lines
        semi join repeated
            on lines.channel = repeated.channel and lines.order_no = repeated.order_no
        inner join files on lines.file_id = files.file_id
        inner join business_day on lines.requested_at < business_day.as_of
        group by
            files.lender,
            lines.channel,
            lines.order_no
    )
select * from final
