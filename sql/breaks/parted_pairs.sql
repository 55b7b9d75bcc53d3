-- row: one debit or posting that had partners before, by loan and amount or a debit by
--   its number, and the days on end, the last ones, on which it had some
-- key: entry_id
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
    sides as (
        select
            unnest([debit_id, posting_id]) as entry_id,
            from_day,
            until_day,
        from pairs
    ),
    partners as (
        select * from sides
        union all
        select
            entry_id,
            taken_on as from_day,
            until_day,
        from breaks.taken_otherwise
        where pass = 'by_order_no'
    ),
    begun as (
        select
            *,
            coalesce(
                from_day > max(until_day) over (
                    partition by entry_id
                    order by from_day
                    rows between unbounded preceding and 1 preceding
                ),
                true
            ) as begins,
        from partners
    ),
    final as (
        select
            entry_id,
            max(from_day) filter (begins) as paired_on,
            max(until_day) as parted_on,
        from begun
        group by entry_id
    )
select * from final
