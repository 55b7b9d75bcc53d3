-- row: one open debit or posting that later passes had paired by loan and amount, and
--   the days on which that pair was made and came apart
-- key: entry_id
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
        from breaks.paired_days
        where until_day is not null
    ),
    sides as (
        select
            unnest([debit_id, posting_id]) as entry_id,
            from_day,
            until_day,
        from pairs
    ),
    final as (
        select
            sides.entry_id,
            max_by(sides.from_day, sides.until_day) as paired_on,
            max(sides.until_day) as parted_on,
        from sides
        semi join open_entries on sides.entry_id = open_entries.entry_id
        group by sides.entry_id
    )
select * from final
