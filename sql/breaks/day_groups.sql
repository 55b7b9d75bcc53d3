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
            judged_since,
        from breaks.group_days
    ),
    groups as (
        select
            group_id,
            rule,
            difference_minor,
        from matching.groups
    ),
    final as (
        select
            groups.group_id,
            groups.rule,
            groups.difference_minor,
        from groups
        inner join days on groups.group_id = days.group_id
        inner join business_day on days.judged_since = business_day.business_date
    )
select * from final
