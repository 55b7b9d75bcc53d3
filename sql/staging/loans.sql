-- row: one loan as its lender last described it before the as-of instant
-- key: lender, loan_id
-- kept: no
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
    lines as (
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
            status,
        from landing.loans
    ),
    delivered as (
        select
            files.lender,
            lines.loan_id,
            lines.borrower_ref,
            lines.product,
            lines.bank_code,
            lines.card_type,
            lines.card_no,
            lines.opened_on,
            lines.principal_minor,
            lines.status,
            lines.file_id * 4294967296 + lines.line as entry_id,
            files.file_rank * 4294967296 + lines.line as place,
        from lines
        inner join files on lines.file_id = files.file_id
        inner join business_day on lines.opened_on <= business_day.business_date
    ),
    repeated as (
        select
            lender,
            loan_id,
            last_place,
        from staging.repeated_loans
    ),
    final as (
        select
            delivered.lender,
            delivered.loan_id,
            delivered.borrower_ref,
            delivered.product,
            delivered.bank_code,
            delivered.card_type,
            delivered.card_no,
            delivered.opened_on,
            delivered.principal_minor,
            delivered.status,
            delivered.entry_id,
        from delivered
        left join repeated
            on delivered.lender = repeated.lender
            and delivered.loan_id = repeated.loan_id
        where repeated.last_place is null or delivered.place = repeated.last_place
    )
select * from final
