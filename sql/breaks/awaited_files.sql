-- row: one unmatched posting for which a settlement file of its range is not there
-- key: entry_id
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    ranges as (
        select
            entry_id,
            channel,
            first_clearing_day,
            last_clearing_day,
            file_lag_days,
        from breaks.posting_channels
    ),
    days as (
        select day
        from reference.business_days
    ),
    files as (
        select
            channel,
            settle_date,
            first_settle_date,
        from staging.settlement_files
    ),
    channels as (
        select
            channel,
            any_value(first_settle_date) as first_settle_date,
        from files
        group by channel
    ),
    awaited as (
        select
            ranges.entry_id,
            days.day,
            days.day + ranges.file_lag_days > business_day.business_date as is_not_due,
        from ranges
        inner join days
            on ranges.first_clearing_day <= days.day
            and days.day <= ranges.last_clearing_day
        left join channels on ranges.channel = channels.channel
        cross join business_day
        anti join files
            on ranges.channel = files.channel and days.day = files.settle_date
        -- of a channel never seen, only files that are not yet due are awaited
        where
            days.day >= channels.first_settle_date
            or (
                channels.first_settle_date is null
                and days.day + ranges.file_lag_days > business_day.business_date
            )
    ),
    final as (
        select
            entry_id,
            bool_and(is_not_due) as is_not_due,
        from awaited
        group by entry_id
    )
select * from final
