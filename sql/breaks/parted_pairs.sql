-- row: one open debit or posting that later passes had paired by loan and amount, and
--   the days on which that pair was made and came apart
-- key: entry_id
-- Money was given back, a posting undone, or a better partner came: one that bears the
-- order_no, names the instalment, or is nearer in time. Booked after the window, any
-- other partner parts them, and so does a sum or a pair across loans that took either.
with
    open_entries as (
        select entry_id
        from breaks.unmatched_debits
        where state = 'open'
        union all
        select entry_id
        from breaks.unmatched_postings
        where state = 'open'
    ),
    pairs as materialized (
        select
            debit_id,
            posting_id,
            from_day,
            until_day,
            is_late,
            (is_late, not agrees, seconds, debit_id, posting_id) as nearness,
        from breaks.fitting_pairs
    ),
    ends as (
        select
            unnest([debit_id, posting_id]) as entry_id,
            debit_id,
            posting_id,
            nearness,
            is_late,
            from_day,
            until_day,
        from pairs
    ),
    waits as (
        select
            group_id,
            stopped_on,
        from breaks.waits_over
    ),
    earlier_passes as (
        select
            entry_id,
            group_id,
        from matching.passes
        where member in ('by_split_debits', 'by_amount_across_loans')
    ),
    taken_before as (
        select
            earlier_passes.entry_id,
            greatest(
                groups.last_settle_date,
                cast(groups.last_debit_at as date),
                cast(groups.last_posted_at as date),
                waits.stopped_on
            ) as taken_on,
        from earlier_passes
        inner join matching.groups as groups
            on earlier_passes.group_id = groups.group_id
        left join waits on earlier_passes.group_id = waits.group_id
        union all
        -- an ambiguous one is so since it is there, and takes no part in later passes
        select
            entry_id,
            date '0001-01-01' as taken_on,
        from matching.ambiguous_entries
    ),
    rivals as (
        select
            ends.debit_id,
            ends.posting_id,
            ends.from_day,
            better.from_day as better_from,
        from ends
        inner join ends as better
            on ends.entry_id = better.entry_id
            and better.from_day < ends.until_day
            and better.until_day >= ends.until_day
            and (
                better.nearness < ends.nearness
                -- of several, none is anyone's only candidate
                or (ends.is_late and better.nearness > ends.nearness)
            )
        union all
        select
            ends.debit_id,
            ends.posting_id,
            ends.from_day,
            taken_before.taken_on as better_from,
        from ends
        inner join taken_before on ends.entry_id = taken_before.entry_id
        where ends.is_late
    ),
    parted as materialized (
        select
            pairs.debit_id,
            pairs.posting_id,
            pairs.from_day,
            least(pairs.until_day, min(rivals.better_from)) as parted_on,
        from pairs
        left join rivals
            on pairs.debit_id = rivals.debit_id
            and pairs.posting_id = rivals.posting_id
            and pairs.from_day = rivals.from_day
        group by
            pairs.debit_id,
            pairs.posting_id,
            pairs.from_day,
            pairs.until_day
    ),
    sides as (
        select
            unnest([debit_id, posting_id]) as entry_id,
            from_day,
            parted_on,
        from parted
        where from_day < parted_on and parted_on < date '9999-12-31'
    ),
    final as (
        select
            sides.entry_id,
            max_by(sides.from_day, sides.parted_on) as paired_on,
            max(sides.parted_on) as parted_on,
        from sides
        semi join open_entries on sides.entry_id = open_entries.entry_id
        group by sides.entry_id
    )
select * from final
