-- row: one debit or channel repayment, with what the passes made of it
-- key: entry_id
-- `state`: matched; waiting, in a group whose sums may still agree; ambiguous; open.
with
    passes as (
        select
            entry_id,
            group_id,
            verdict,
        from matching.passes
    ),
    waiting_groups as (
        select group_id
        from matching.order_groups
        where is_in_transit
    ),
    all_entries as (
        select entry_id, 'debit' as side
        from staging.debits
        where net_minor > 0
        union all
        select entry_id, 'posting' as side
        from staging.channel_repayments
    ),
    final as (
        select
            all_entries.entry_id,
            all_entries.side,
            case
                when passes.entry_id is null then 'open'
                when passes.verdict = 'ambiguous' then 'ambiguous'
                when waiting_groups.group_id is not null then 'waiting'
                else 'matched'
            end as state,
            passes.group_id,
        from all_entries
        left join passes on all_entries.entry_id = passes.entry_id
        left join waiting_groups on passes.group_id = waiting_groups.group_id
    )
select * from final
