-- row: one group that belongs to this business date
-- key: group_id
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    days as (
        select
            group_id,
            rule,
            difference_minor,
            judged_since,
        from breaks.group_days
    ),
    final as (
        select
            days.group_id,
            days.rule,
            days.difference_minor,
        from days
        inner join business_day on days.judged_since = business_day.business_date
    )
select * from final
