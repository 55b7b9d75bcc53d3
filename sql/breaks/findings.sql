-- row: one category that is true of one subject, whether it is still listed or not
-- key: category, entry_id, channel_day
with
    open_entries as (
        select
            entry_id,
            category,
            'open_entries' as family,
            cause,
            refund_minor,
            true_since,
        from breaks.open_findings
    ),
    matched_but_wrong as (
        select
            entry_id,
            member as category,
            'matched_but_wrong' as family,
            cause,
            ledger_amount_minor,
            channel_amount_minor,
            event_on,
            true_since,
        from breaks.matched_but_wrong
    ),
    collection as (
        select
            entry_id,
            member as category,
            'collection' as family,
            cause,
            ledger_amount_minor,
            channel_amount_minor,
            event_on,
            true_since,
            remedy,
        from breaks.collection
    ),
    settlement as (
        select
            0 as entry_id,
            member as category,
            'settlement' as family,
            channel,
            settle_date,
            cause,
            ledger_amount_minor,
            channel_amount_minor,
            true_since,
        from breaks.settlement
    ),
    consequence as (
        select
            entry_id,
            member as category,
            'consequence' as family,
            cause,
            ledger_amount_minor,
            channel_amount_minor,
            refund_minor,
            true_since,
            proof,
            bureau_correction,
            stop_collection,
            collection_stage,
            remedy,
        from breaks.consequence
    ),
    together as (
        select * from open_entries
        union all by name
        select * from matched_but_wrong
        union all by name
        select * from collection
        union all by name
        select * from settlement
        union all by name
        select * from consequence
    ),
    final as (
        select
            category,
            family,
            entry_id,
            coalesce(channel || ':' || settle_date, '') as channel_day,
            channel as settlement_channel,
            settle_date,
            cause,
            ledger_amount_minor,
            channel_amount_minor,
            refund_minor,
            event_on,
            true_since,
            proof,
            bureau_correction,
            stop_collection,
            collection_stage,
            remedy,
        from together
    )
select * from final
