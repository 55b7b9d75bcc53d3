-- row: one line that could not be read, sorted by file and line
-- key: file, line
with
    files as (
        select
            file_id,
            case when member = '' then path else path || '!' || member end as shown_as,
        from staging.files
    ),
    rejects as (
        select
            file_id,
            line,
            raw,
            reason,
        from landing.rejects
    ),
    final as (
        select
            files.shown_as as file,
            rejects.line,
            rejects.raw,
            rejects.reason,
        from rejects
        inner join files on rejects.file_id = files.file_id
        order by
            files.shown_as,
            rejects.line
    )
select * from final
