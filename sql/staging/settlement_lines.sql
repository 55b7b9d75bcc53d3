-- row: one event that a channel reports, from its latest settle date
-- key: channel, channel_ref
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
            order_no,
            kind,
            original_ref,
            card_no,
            bank_code,
            outcome,
            response_code,
            amount_minor,
            happened_at,
            settle_date,
            path,
            line,
        from staging.settlement_delivered
    ),
    repeated_refs as (
        select
            entry_id,
            file_rank,
            time_in_file,
        from staging.repeated_refs
    ),
    known as (
        select
            lines.*,
            repeated_refs.entry_id is not null as is_repeated,
            -- the second line with one key in one file is an event of its own
            case
                when repeated_refs.time_in_file > 1
                    then lines.channel_ref || '#' || repeated_refs.time_in_file
                else lines.channel_ref
            end as key_ref,
            repeated_refs.file_rank,
        from lines
        inner join business_day on lines.happened_at < business_day.as_of
        left join repeated_refs on lines.entry_id = repeated_refs.entry_id
    ),
    single as (
        select *
        from known
        where not is_repeated
    ),
    latest as (
        select *
        from known
        where is_repeated
        qualify
            row_number() over (
                partition by channel, key_ref
                order by settle_date desc, file_rank desc, line desc
            ) = 1
    ),
    kept as (
        select * from single
        union all
        select * from latest
    ),
    final as (
        select
            channel,
            key_ref as channel_ref,
            order_no,
            kind,
            original_ref,
            card_no,
            bank_code,
            outcome,
            response_code,
            amount_minor,
            happened_at,
            settle_date,
            entry_id,
        from kept
    )
select * from final
