-- row: one calendar day, and how many business days there are up to and including it
-- key: day
with
    official_days as (
        select
            day,
            is_business_day,
        from reference.official_days
    ),
    site_days as (
        select
            date as day,
            is_business_day,
        from reference.calendar
    ),
    days as (
        select
            official_days.day,
            coalesce(site_days.is_business_day, official_days.is_business_day)
                as is_business_day,
        from official_days
        left join site_days on official_days.day = site_days.day
    ),
    final as (
        select
            day,
            is_business_day,
            cast(
                sum(case when is_business_day then 1 else 0 end) over (order by day)
                as bigint
            ) as business_day_no,
        from days
    )
select * from final
