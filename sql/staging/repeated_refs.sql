-- row: one settlement line whose channel_ref stands on more than one line, with its
--   own key
-- key: entry_id
with
    business_day as (
        select as_of
        from reference.business_day
    ),
    lines as (
        select
            entry_id,
            channel,
            channel_ref,
            happened_at,
            settle_date,
            path,
            file_id,
            file_rank,
            line,
        from staging.settlement_delivered
    ),
    repeated as (
        select
            channel,
            channel_ref,
        from lines
        group by
            channel,
            channel_ref
        having count(*) > 1
    ),
    numbered as (
        select
            lines.*,
            row_number() over (
                partition by lines.file_id, lines.channel, lines.channel_ref
                order by lines.line
            ) as time_in_file,
        from lines
        semi join repeated
            on lines.channel = repeated.channel
            and lines.channel_ref = repeated.channel_ref
    ),
    named as (
        select
            numbered.*,
            -- the second line with one key in one file is an event of its own
            case
                when time_in_file > 1 then channel_ref || '#' || time_in_file
                else channel_ref
            end as own_ref,
        from numbered
    ),
    latest as (
        select named.entry_id
        from named
        inner join business_day on named.happened_at < business_day.as_of
        qualify
            row_number() over (
                partition by named.channel, named.own_ref
                order by named.settle_date desc, named.file_rank desc, named.line desc
            ) = 1
    ),
    final as (
        select
            named.entry_id,
            named.own_ref,
            latest.entry_id is not null as is_latest,
            -- a later file has it under the same settle date
            first_value(named.path) over (
                partition by named.channel, named.own_ref, named.settle_date
                order by named.file_rank desc, named.line desc
            ) <> named.path as is_replaced,
        from named
        left join latest on named.entry_id = latest.entry_id
    )
select * from final
