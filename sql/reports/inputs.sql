-- row: one part of one delivered file, read or replaced, sorted by path
-- key: path, member
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
    ),
    final as (
        select
            files.source,
            files.format,
            files.path,
            files.member,
            files.business_date,
            files.sha256,
            files.lines,
            files.rejected,
            files.status,
        from files
        inner join business_day on files.business_date <= business_day.business_date
        order by
            files.path,
            files.member
    )
select * from final
