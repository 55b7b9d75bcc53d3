-- row: one member of one delivered file, read or replaced, sorted by path
-- key: path, member
-- One document may fill several relations; its lines are those of all of them. The same
-- bytes delivered again change nothing, not even this list.
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    files as (
        select
            source,
            format,
            path,
            member,
            business_date,
            sha256,
            lines,
            rejected,
            status,
        from landing.files
        where status <> 'repeated'
    ),
    final as (
        select
            files.source,
            files.format,
            files.path,
            files.member,
            files.business_date,
            files.sha256,
            cast(sum(files.lines) as bigint) as lines,
            cast(sum(files.rejected) as bigint) as rejected,
            files.status,
        from files
        inner join business_day on files.business_date <= business_day.business_date
        group by
            files.source,
            files.format,
            files.path,
            files.member,
            files.business_date,
            files.sha256,
            files.status
        order by
            files.path,
            files.member
    )
select * from final
