-- row: one entry of a bank statement that a borrower handed in
-- key: lender, loan_id, entry_no
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
            business_date,
        from staging.files
    ),
    delivered as (
        select
            file_id,
            line,
            loan_id,
            entry_no,
            card_no,
            happened_at,
            amount_minor,
            balance_minor,
        from landing.borrower_statements
    ),
    final as (
        select
            files.lender,
            delivered.loan_id,
            delivered.entry_no,
            delivered.card_no,
            delivered.happened_at,
            delivered.amount_minor,
            delivered.balance_minor,
            files.business_date as handed_in_on,
            delivered.file_id * 4294967296 + delivered.line as entry_id,
        from delivered
        inner join files on delivered.file_id = files.file_id
        inner join business_day on delivered.happened_at < business_day.as_of
        qualify
            row_number() over (
                partition by files.lender, delivered.loan_id, delivered.entry_no
                order by files.file_rank desc, delivered.line desc
            ) = 1
    )
select * from final
