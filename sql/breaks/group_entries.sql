-- row: one debit or posting of a group as it counted at the end of a day on
--   which anything of the group changed, or whether a debit of it was a duplicate
-- key: group_id, day, entry_id
-- kept: no
-- Of groups that ever had anything to wait for.
with
    groups as (
        select
            group_id,
            differs,
        from matching.order_groups
        where not is_in_transit
    ),
    history as materialized (
        select
            entry_id,
            is_posting,
            group_id,
            order_no,
            amount_minor,
            due_on,
            counts_from,
            counts_until,
        from breaks.group_history
    ),
    facts as (
        select group_id, unnest([counts_from, counts_until]) as day
        from history
    ),
    asked as (
        select groups.group_id
        from groups
        inner join facts on groups.group_id = facts.group_id
        group by groups.group_id
        having
            any_value(groups.differs)
            or count(facts.day) > 2
    ),
    paid_earlier as (
        select
            entry_id,
            known_on,
            until_day,
            is_enough,
        from breaks.paid_earlier
    ),
    duplicates as (
        select
            entry_id,
            known_on as from_day,
            until_day,
        from paid_earlier
        where is_enough
    ),
    changes as (
        select
            group_id,
            day,
        from facts
        union
        select
            history.group_id,
            paid_earlier.known_on as day,
        from history
        inner join paid_earlier on history.entry_id = paid_earlier.entry_id
    ),
    days as (
        select
            group_id,
            day,
            lead(day) over (partition by group_id order by day) as next_day,
        from changes
        semi join asked on changes.group_id = asked.group_id
    ),
    final as (
        select
            history.is_posting,
            history.group_id,
            history.entry_id,
            days.day,
            days.next_day,
            history.order_no,
            history.amount_minor,
            history.due_on,
            duplicates.entry_id is not null as is_duplicate,
        from days
        inner join history
            on days.group_id = history.group_id
            and history.counts_from <= days.day
            and days.day < coalesce(history.counts_until, days.day + 1)
        left join duplicates
            on history.entry_id = duplicates.entry_id
            and duplicates.from_day <= days.day
            and days.day < coalesce(duplicates.until_day, days.day + 1)
        where history.amount_minor > 0
    )
select * from final
