-- row: one loan as its lender last described it before the as-of instant
-- key: lender, loan_id
with
    business_day as (
        select business_date
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
            loan_id,
            borrower_ref,
            product,
            bank_code,
            card_type,
            card_no,
            opened_on,
            principal_minor,
            term,
            status,
        from landing.loans
    ),
    final as (
        select
            files.lender,
            delivered.loan_id,
            delivered.borrower_ref,
            delivered.product,
            delivered.bank_code,
            delivered.card_type,
            delivered.card_no,
            delivered.opened_on,
            delivered.principal_minor,
            delivered.term,
            delivered.status,
            delivered.file_id * 4294967296 + delivered.line as entry_id,
        from delivered
        inner join files on delivered.file_id = files.file_id
        inner join business_day on delivered.opened_on <= business_day.business_date
        qualify
            row_number() over (
                partition by files.lender, delivered.loan_id
                order by files.file_rank desc, delivered.line desc
            ) = 1
    )
select * from final
