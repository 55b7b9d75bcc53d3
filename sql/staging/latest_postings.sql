-- row: one posting, repayment or reversal, as last booked
-- key: lender, posting_id
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
            posting_id,
            loan_id,
            instalment_no,
            order_no,
            channel,
            amount_minor,
            posted_at,
            value_date,
            kind,
            reverses,
        from landing.postings
    ),
    repeated as (
        select
            lender,
            posting_id,
            last_place,
        from staging.repeated_postings
    ),
    final as (
        select
            files.lender,
            lines.posting_id,
            lines.loan_id,
            lines.instalment_no,
            lines.order_no,
            lines.channel,
            lines.amount_minor,
            lines.posted_at,
            lines.value_date,
            lines.kind,
            lines.reverses,
            lines.file_id * 4294967296 + lines.line as entry_id,
        from lines
        inner join files on lines.file_id = files.file_id
        inner join business_day on lines.posted_at < business_day.as_of
        left join repeated
            on files.lender = repeated.lender
            and lines.posting_id = repeated.posting_id
        where
            repeated.last_place is null
            or files.file_rank * 4294967296 + lines.line = repeated.last_place
    )
select * from final
