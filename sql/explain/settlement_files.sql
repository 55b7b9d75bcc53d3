-- row: a file of the asked day of a channel, whose lines make up the day
-- key: place
-- rank: 12
-- family: lines
with
    subject as (
        select
            channel,
            settle_date,
        from explain.subject
        where kind = 'settlement'
    ),
    files as (
        select
            file_id,
            channel,
            business_date,
            case when member = '' then path else path || '!' || member end as place,
        from staging.files
        where relation = 'settlement'
    ),
    delivered as (
        select
            file_id,
            count(*) as number_of_lines,
        from landing.settlement
        group by file_id
    ),
    final as (
        select
            files.place,
            1 as line,
            files.business_date as settle_date,
            coalesce(delivered.number_of_lines, 0) as number_of_lines,
        from files
        semi join subject
            on files.channel = subject.channel
            and files.business_date = subject.settle_date
        left join delivered on files.file_id = delivered.file_id
        order by files.place
    )
select * from final
