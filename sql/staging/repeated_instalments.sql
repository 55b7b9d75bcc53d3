-- row: one instalment that was delivered more than once, and the place of the row
--   that counts
-- key: lender, loan_id, instalment_no
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
        from landing.instalments
    ),
    final as (
        select
            files.lender,
            lines.loan_id,
            lines.instalment_no,
            max(files.file_rank * 4294967296 + lines.line) as last_place,
        from lines
        inner join files on lines.file_id = files.file_id
        group by
            files.lender,
            lines.loan_id,
            lines.instalment_no
        having count(*) > 1
    )
select * from final
