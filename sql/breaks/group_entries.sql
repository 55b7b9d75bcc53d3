-- row: one debit or posting of a group as it counted at the end of a day on
--   which anything of the group changed
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
            channel,
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
    changes as (
        select
            facts.group_id,
            facts.day,
        from facts
        semi join asked on facts.group_id = asked.group_id
        group by
            facts.group_id,
            facts.day
    ),
    days as (
        select
            group_id,
            day,
            lead(day) over (partition by group_id order by day) as next_day,
        from changes
    ),
    final as (
        select
            history.is_posting,
            history.group_id,
            history.entry_id,
            days.day,
            days.next_day,
            history.channel,
            history.order_no,
            history.amount_minor,
            history.due_on,
        from days
        inner join history
            on days.group_id = history.group_id
            and history.counts_from <= days.day
            and days.day < coalesce(history.counts_until, days.day + 1)
        where history.amount_minor > 0
    )
select * from final
