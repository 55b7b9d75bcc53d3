-- row: one unmatched debit or posting and the first category that applies to it
-- key: entry_id
with
    open_entries as (
        select
            entry_id,
            member,
            rank,
            cause,
            refund_minor,
            true_since,
        from breaks.open_entries
    ),
    unmatched as (
        select entry_id from breaks.unmatched_debits
        union all
        select entry_id from breaks.unmatched_postings
    ),
    final as (
        select
            open_entries.entry_id,
            open_entries.member as category,
            open_entries.cause,
            open_entries.refund_minor,
            open_entries.true_since,
        from open_entries
        semi join unmatched on open_entries.entry_id = unmatched.entry_id
        qualify
            row_number() over (
                partition by open_entries.entry_id
                order by open_entries.rank
            ) = 1
    )
select * from final
