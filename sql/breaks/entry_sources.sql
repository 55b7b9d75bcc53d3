-- row: one entry that a report names, with file and line of all that shows it
-- key: entry_id
with
    evidence as (
        select
            entry_id,
            source_id,
        from breaks.evidence
    ),
    files as (
        select
            file_id,
            case when member = '' then path else path || '!' || member end as shown_as,
        from staging.files
    ),
    final as (
        select
            evidence.entry_id,
            string_agg(
                files.shown_as || ':' || (evidence.source_id % 4294967296),
                ';'
                order by files.shown_as, evidence.source_id % 4294967296
            ) as sources,
        from evidence
        inner join files on evidence.source_id // 4294967296 = files.file_id
        group by evidence.entry_id
    )
select * from final
