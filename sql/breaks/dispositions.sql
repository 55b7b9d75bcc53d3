-- row: one line or posting that a file holds, with the one place where it ended
-- key: entry_id
-- kept: no
with
    lines as (
        select
            entry_id,
            amount_minor,
        from staging.settlement_lines
    ),
    postings as (
        select
            entry_id,
            amount_minor,
        from staging.postings
    ),
    entries as (
        select
            entry_id,
            state,
        from matching.entries
    ),
    choices as (
        select
            entry_id,
            category,
        from breaks.open_entry_choice
    ),
    excluded as (
        select entry_id
        from breaks.excluded_entries
    ),
    together as (
        select 'debit' as side, entry_id, amount_minor from lines
        union all
        select 'posting' as side, entry_id, amount_minor from postings
    ),
    put_away as (
        select 'debit' as side, debit_entry as entry_id, amount_minor
        from staging.quiet_orders
        union all
        select 'posting' as side, posting_entry as entry_id, amount_minor
        from staging.quiet_orders
    ),
    final as (
        select
            together.side,
            together.entry_id,
            together.amount_minor,
            case when entries.state = 'matched' then 1 else 0 end as matched,
            case when choices.category = 'in_transit' then 1 else 0 end as in_transit,
            case when choices.category <> 'in_transit' then 1 else 0 end as open,
            case when excluded.entry_id is not null then 1 else 0 end as excluded,
        from together
        left join entries on together.entry_id = entries.entry_id
        left join choices on together.entry_id = choices.entry_id
        left join excluded on together.entry_id = excluded.entry_id
        union all
        select
            side,
            entry_id,
            amount_minor,
            1 as matched,
            0 as in_transit,
            0 as open,
            0 as excluded,
        from put_away
    )
select * from final
