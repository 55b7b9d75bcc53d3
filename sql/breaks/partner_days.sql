-- row: one debit or posting that had a partner before, by loan and amount or a debit by
--   its number, and the days on end on which it had that one
-- key: entry_id, from_day, until_day
with
    pairs as materialized (
        select
            debit_id,
            posting_id,
            from_day,
            until_day,
        from breaks.paired_days
        where until_day is not null
    ),
    final as (
        select
            unnest([debit_id, posting_id]) as entry_id,
            from_day,
            until_day,
        from pairs
        union
        select
            entry_id,
            taken_on as from_day,
            until_day,
        from breaks.taken_otherwise
        where pass = 'by_order_no'
    )
select * from final
