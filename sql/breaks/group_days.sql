-- row: one matched group of this business date, or one that holds a duplicate debit
-- key: group_id
-- A group's day is the one on which its last entry was there, or on which it stopped
-- waiting for its sums to agree.
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    groups as (
        select
            group_id,
            rule,
            difference_minor,
            complete_on,
        from matching.groups
        where not is_in_transit
    ),
    waits as (
        select
            group_id,
            stopped_on,
        from breaks.waits_over
    ),
    with_duplicates as (
        select passes.group_id
        from matching.passes as passes
        semi join breaks.instalment_debits as instalment_debits
            on passes.entry_id = instalment_debits.entry_id
        group by passes.group_id
    ),
    days as (
        select
            groups.group_id,
            groups.rule,
            groups.difference_minor,
            greatest(groups.complete_on, waits.stopped_on) as judged_since,
        from groups
        left join waits on groups.group_id = waits.group_id
    ),
    final as (
        select
            days.group_id,
            days.rule,
            days.difference_minor,
            days.judged_since,
        from days
        cross join business_day
        left join with_duplicates on days.group_id = with_duplicates.group_id
        where
            days.judged_since = business_day.business_date
            or with_duplicates.group_id is not null
    )
select * from final
