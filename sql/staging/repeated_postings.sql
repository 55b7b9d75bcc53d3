-- row: one posting that was delivered more than once, and the place of the row that
--   counts
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
    lines as (
        select
            file_id,
            line,
            posting_id,
            posted_at,
        from landing.postings
    ),
    final as (
        select
            files.lender,
            lines.posting_id,
            max(files.file_rank * 4294967296 + lines.line) as last_place,
        from lines
        inner join files on lines.file_id = files.file_id
        inner join business_day on lines.posted_at < business_day.as_of
        group by
            files.lender,
            lines.posting_id
        having count(*) > 1
    )
select * from final
