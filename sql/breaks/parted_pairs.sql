-- row: one debit or posting that had partners before, and the last day on which it lost
--   one
-- key: entry_id
with
    final as (
        select
            entry_id,
            max(until_day) as parted_on,
        from breaks.partner_days
        where until_day is not null
        group by entry_id
    )
select * from final
