-- row: one part of a file that a run for this business date may use
-- key: file_id
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    files as (
        select
            file_id,
            path,
            member,
            lender,
            channel,
            relation,
            business_date,
        from landing.files
        where status = 'read'
    ),
    final as (
        select
            files.file_id,
            -- later business date first, then later delivery: contract section 4
            row_number() over (
                order by files.business_date, files.path, files.member, files.file_id
            ) as file_rank,
            files.path,
            files.member,
            files.lender,
            files.channel,
            files.relation,
            files.business_date,
        from files
        inner join business_day on files.business_date <= business_day.business_date
    )
select * from final
