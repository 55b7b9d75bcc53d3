-- row: one calendar day of one channel whose settlement file is overdue
-- key: channel, settle_date
-- rank: 31
-- family: settlement
-- subject: settlement
-- zh: 对账文件缺失
-- severity: high
-- means: The settlement file of this day is due and has not come.
-- remedy: Fetch the settlement file of this day from the channel again.
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    files as (
        select
            channel,
            settle_date,
        from staging.settlement_files
    ),
    channels as (
        select
            channel,
            min(settle_date) as first_settle_date,
        from files
        group by channel
    ),
    terms as (
        select
            channel,
            valid_from,
            valid_to,
            file_lag_days,
        from reference.channel_terms
    ),
    days as (
        select day
        from reference.business_days
    ),
    final as (
        select
            channels.channel,
            days.day as settle_date,
            'file_overdue' as cause,
            days.day + terms.file_lag_days as true_since,
        from channels
        inner join days on channels.first_settle_date <= days.day
        inner join terms
            on channels.channel = terms.channel
            and terms.valid_from <= days.day
            and days.day < terms.valid_to
        inner join business_day
            on days.day + terms.file_lag_days <= business_day.business_date
        anti join files
            on channels.channel = files.channel and days.day = files.settle_date
    )
select * from final
