-- row: one debit of an instalment that earlier debits already paid in full, and since
--   when it is in transit no more
-- key: entry_id
-- It was so until it was booked, but no longer than its window, and again while its
-- booking was undone within it.
with
    debits as (
        select
            surplus.entry_id,
            entries.group_id,
            coalesce(unmatched.true_since, surplus.due_on) as due_on,
        from breaks.surplus_debits as surplus
        inner join matching.entries as entries on surplus.entry_id = entries.entry_id
        left join breaks.unmatched_debits as unmatched
            on surplus.entry_id = unmatched.entry_id
    ),
    stretches as (
        select
            group_id,
            from_day,
            until_day,
            differs,
            waited_until,
        from breaks.group_stretches
    ),
    partners as (
        select
            entry_id,
            from_day,
            until_day,
        from breaks.partner_days
        union all
        select
            debits.entry_id,
            stretches.from_day,
            stretches.until_day,
        from debits
        inner join stretches on debits.group_id = stretches.group_id
        -- unknown while one side had nothing
        where stretches.differs is not null
        union all
        select
            debits.entry_id,
            group_days.judged_since as from_day,
            null as until_day,
        from debits
        inner join breaks.group_days as group_days
            on debits.group_id = group_days.group_id
        -- whose posting may have been another debit's before
        anti join breaks.partner_days as standing
            on debits.entry_id = standing.entry_id and standing.until_day is null
    ),
    begun as (
        select
            debits.entry_id,
            debits.due_on,
            partners.from_day,
            coalesce(partners.until_day, date '9999-12-31') as until_day,
            coalesce(
                partners.from_day > max(coalesce(partners.until_day, date '9999-12-31'))
                    over (
                        partition by debits.entry_id
                        order by partners.from_day
                        rows between unbounded preceding and 1 preceding
                    ),
                true
            ) as begins,
        from debits
        inner join partners on debits.entry_id = partners.entry_id
        where partners.from_day < debits.due_on
    ),
    -- it had a partner when its window was over
    booked as (
        select
            entry_id,
            max(from_day) filter (begins) as booked_since,
        from begun
        group by
            entry_id,
            due_on
        having max(until_day) >= due_on
    ),
    waits as (
        select
            group_id,
            max(waited_until) as waited_until,
        from stretches
        group by group_id
    ),
    final as (
        select
            debits.entry_id,
            greatest(
                coalesce(booked.booked_since, debits.due_on), waits.waited_until
            ) as judged_since,
        from debits
        left join booked on debits.entry_id = booked.entry_id
        left join waits on debits.group_id = waits.group_id
    )
select * from final
