-- row: one calendar day of one channel for which a settlement file is there
-- key: channel, settle_date
with
    files as (
        select
            channel,
            business_date as settle_date,
        from staging.files
        where relation = 'settlement'
    ),
    final as (
        select
            channel,
            settle_date,
            min(settle_date) over (partition by channel) as first_settle_date,
        from files
        group by
            channel,
            settle_date
    )
select * from final
