-- row: one instalment of a repayment schedule, as last delivered
-- key: lender, loan_id, instalment_no
with
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
            instalment_no,
            due_date,
            principal_due_minor,
            interest_due_minor,
        from landing.instalments
    ),
    final as (
        select
            files.lender,
            delivered.loan_id,
            delivered.instalment_no,
            delivered.due_date,
            delivered.principal_due_minor,
            delivered.interest_due_minor,
            delivered.principal_due_minor + delivered.interest_due_minor
                as amount_due_minor,
            delivered.file_id * 4294967296 + delivered.line as entry_id,
        from delivered
        inner join files on delivered.file_id = files.file_id
        qualify
            row_number() over (
                partition by files.lender, delivered.loan_id, delivered.instalment_no
                order by files.file_rank desc, delivered.line desc
            ) = 1
    )
select * from final
