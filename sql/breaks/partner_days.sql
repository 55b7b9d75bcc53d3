-- row: one debit or posting that had a partner before, or one of several in turn, by
--   loan and amount or a debit by its number, and the days on end on which it had it
-- key: entry_id, from_day, until_day?
-- Without an end it has it today.
with
    pairs as materialized (
        select
            debit_id,
            posting_id,
            from_day,
            until_day,
        from breaks.paired_days
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
