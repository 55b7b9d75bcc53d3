-- row: one debit or posting that had a partner before: an open one by loan and amount,
--   a debit by its number, and the days on which the last of them came and was gone
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
    partners as (
        select sides.*
        from sides
        semi join open_entries on sides.entry_id = open_entries.entry_id
        union all
        select
            entry_id,
            taken_on as from_day,
            until_day,
        from breaks.taken_otherwise
        where pass = 'by_order_no'
    ),
    final as (
        select
            entry_id,
            max_by(from_day, until_day) as paired_on,
            max(until_day) as parted_on,
        from partners
        group by entry_id
    )
select * from final
