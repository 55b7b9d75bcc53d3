-- row: one instalment of a repayment schedule, as last delivered
-- key: lender, loan_id, instalment_no
-- kept: no
with
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
            instalment_no,
            due_date,
            principal_due_minor,
            interest_due_minor,
        from landing.instalments
    ),
    delivered as (
        select
            files.lender,
            lines.loan_id,
            lines.instalment_no,
            lines.due_date,
            lines.principal_due_minor,
            lines.interest_due_minor,
            lines.file_id * 4294967296 + lines.line as entry_id,
            files.file_rank * 4294967296 + lines.line as place,
        from lines
        inner join files on lines.file_id = files.file_id
    ),
    repeated as (
        select
            lender,
            loan_id,
            instalment_no,
            last_place,
        from staging.repeated_instalments
    ),
    final as (
        select
            delivered.lender,
            delivered.loan_id,
            delivered.instalment_no,
            delivered.due_date,
            delivered.principal_due_minor,
            delivered.interest_due_minor,
            delivered.principal_due_minor + delivered.interest_due_minor
                as amount_due_minor,
            delivered.entry_id,
        from delivered
        left join repeated
            on delivered.lender = repeated.lender
            and delivered.loan_id = repeated.loan_id
            and delivered.instalment_no = repeated.instalment_no
        where repeated.last_place is null or delivered.place = repeated.last_place
    )
select * from final
