-- row: one debit that earlier debits had made a duplicate, and the day on which they no
--   longer paid for all that was owed
-- key: entry_id
-- An earlier debit was given back, or a charge was added.
with
    final as (
        select
            entry_id,
            max(known_on) as owed_since,
        from breaks.paid_earlier
        where is_less and was_enough
        group by entry_id
    )
select * from final
