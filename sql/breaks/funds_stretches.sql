-- row: one order refused for lack of funds, and days on end on which the statements
--   handed in told the same of it
-- key: entry_id, from_day
with
    balances as materialized (
        select
            entry_id,
            ordered_minor,
            refused_since,
            refused_until,
            balance_minor,
            handed_in_on,
            until_day,
        from breaks.refused_balances
    ),
    changes as (
        select
            entry_id,
            refused_since,
            refused_until,
            unnest([handed_in_on, coalesce(until_day, handed_in_on)])
                as changed_on,
        from balances
    ),
    days as (
        select
            entry_id,
            greatest(changed_on, refused_since) as day,
            any_value(refused_until) as refused_until,
        from changes
        group by
            entry_id,
            greatest(changed_on, refused_since)
    ),
    told as (
        select
            days.entry_id,
            days.day,
            any_value(days.refused_until) as refused_until,
            bool_and(balances.balance_minor >= balances.ordered_minor) as is_shown,
        from days
        inner join balances
            on days.entry_id = balances.entry_id
            and balances.handed_in_on <= days.day
            and days.day < coalesce(balances.until_day, days.day + 1)
        where days.day < coalesce(days.refused_until, days.day + 1)
        group by
            days.entry_id,
            days.day
    ),
    final as (
        select
            entry_id,
            day as from_day,
            coalesce(
                lead(day) over (partition by entry_id order by day), refused_until
            ) as until_day,
            is_shown,
        from told
    )
select * from final
