-- row: one debit order as last delivered
-- key: lender, channel, order_no
-- kept: no
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
            loan_id,
            instalment_no,
            purpose,
            bank_code,
            card_type,
            card_no,
            amount_minor,
            requested_at,
            status,
            response_code,
        from landing.debit_orders
    ),
    repeated as (
        select
            lender,
            channel,
            order_no,
            last_place,
        from staging.repeated_orders
    ),
    final as (
        select
            files.lender,
            lines.channel,
            lines.order_no,
            lines.loan_id,
            lines.instalment_no,
            lines.purpose,
            lines.bank_code,
            lines.card_type,
            lines.card_no,
            lines.amount_minor,
            lines.requested_at,
            lines.status,
            lines.response_code,
            lines.file_id * 4294967296 + lines.line as entry_id,
        from lines
        inner join files on lines.file_id = files.file_id
        inner join business_day on lines.requested_at < business_day.as_of
        left join repeated
            on files.lender = repeated.lender
            and lines.channel = repeated.channel
            and lines.order_no = repeated.order_no
        where
            repeated.last_place is null
            or files.file_rank * 4294967296 + lines.line = repeated.last_place
    )
select * from final
