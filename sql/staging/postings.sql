-- row: one posting, repayment or reversal, as last booked
-- key: lender, posting_id
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
    delivered as (
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
    final as (
        select
            files.lender,
            delivered.posting_id,
            delivered.loan_id,
            delivered.instalment_no,
            delivered.order_no,
            delivered.channel,
            delivered.amount_minor,
            delivered.posted_at,
            delivered.value_date,
            delivered.kind,
            delivered.reverses,
            delivered.file_id * 4294967296 + delivered.line as entry_id,
        from delivered
        inner join files on delivered.file_id = files.file_id
        inner join business_day on delivered.posted_at < business_day.as_of
        qualify
            row_number() over (
                partition by files.lender, delivered.posting_id
                order by files.file_rank desc, delivered.line desc
            ) = 1
    )
select * from final
