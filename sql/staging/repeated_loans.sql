-- row: one loan that was delivered more than once, and the place of the row that counts
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
    lines as (
        select
            file_id,
            line,
            loan_id,
            opened_on,
        from landing.loans
    ),
    final as (
        select
            files.lender,
            lines.loan_id,
            max(files.file_rank * 4294967296 + lines.line) as last_place,
        from lines
        inner join files on lines.file_id = files.file_id
        inner join business_day on lines.opened_on <= business_day.business_date
        group by
            files.lender,
            lines.loan_id
        having count(*) > 1
    )
select * from final
