-- row: one open debit or posting that later passes had paired by loan and amount, and
--   the days on which that pair was made and came apart
-- key: entry_id
-- Money was given back, a posting undone, or a better partner came: one that bears the
-- order_no, names the instalment, or is nearer in time.
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
    pairs as (
        select
            debit_id,
            posting_id,
            agrees,
            seconds,
            from_day,
            until_day,
        from breaks.fitting_pairs
    ),
    rivals as (
        select
            pairs.debit_id,
            pairs.posting_id,
            pairs.from_day,
            better.from_day as better_from,
        from pairs
        inner join pairs as better
            on pairs.debit_id = better.debit_id
            and better.from_day < pairs.until_day
            and better.until_day >= pairs.until_day
            and (not better.agrees, better.seconds, better.posting_id)
            < (not pairs.agrees, pairs.seconds, pairs.posting_id)
        union all
        select
            pairs.debit_id,
            pairs.posting_id,
            pairs.from_day,
            better.from_day as better_from,
        from pairs
        inner join pairs as better
            on pairs.posting_id = better.posting_id
            and better.from_day < pairs.until_day
            and better.until_day >= pairs.until_day
            and (not better.agrees, better.seconds, better.debit_id)
            < (not pairs.agrees, pairs.seconds, pairs.debit_id)
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
