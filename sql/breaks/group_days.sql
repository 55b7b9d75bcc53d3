-- row: one matched group of this business date, or one that holds a duplicate debit
-- key: group_id
-- A group's day is the first on which it was one and its sums were judged.
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
            differs,
            posting_due_at,
            last_settle_date,
            last_posted_at,
        from matching.groups
        where not is_in_transit
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
            group_id,
            rule,
            difference_minor,
            greatest(
                last_settle_date,
                cast(last_posted_at as date),
                -- sums that differ were waited for until the posting window was over
                case
                    when differs
                        then cast(posting_due_at - interval 1 microsecond as date)
                    else last_settle_date
                end
            ) as judged_since,
        from groups
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
