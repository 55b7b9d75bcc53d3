-- row: one open-entry break; a matched debit taken twice stands beside its match
-- key: entry_id
with
    chosen as (
        select
            entry_id,
            category,
            cause,
            refund_minor,
            true_since,
        from breaks.open_entry_choice
        where category <> 'in_transit'
    ),
    matched as (
        select entry_id
        from matching.entries
        where state = 'matched'
    ),
    duplicate_debits as (
        select
            entry_id,
            cause,
            refund_minor,
            true_since,
        from breaks.duplicate_debit
    ),
    beside_matches as (
        select
            duplicate_debits.entry_id,
            'duplicate_debit' as category,
            duplicate_debits.cause,
            duplicate_debits.refund_minor,
            duplicate_debits.true_since,
        from duplicate_debits
        semi join matched on duplicate_debits.entry_id = matched.entry_id
    ),
    final as (
        select entry_id, category, cause, refund_minor, true_since from chosen
        union all
        select entry_id, category, cause, refund_minor, true_since from beside_matches
    )
select * from final
