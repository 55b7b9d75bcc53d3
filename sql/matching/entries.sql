-- row: one debit or channel repayment, with what the passes made of it
-- key: entry_id
with
    passes as (
        select
            entry_id,
            group_id,
            member,
            verdict,
            cause,
        from matching.passes
    ),
    groups as (
        select
            group_id,
            is_in_transit,
        from matching.groups
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
                when groups.group_id is not null then 'waiting'
                else 'matched'
            end as state,
            passes.group_id,
            passes.member as rule,
            passes.cause,
        from all_entries
        left join passes on all_entries.entry_id = passes.entry_id
        left join groups
            on passes.group_id = groups.group_id and passes.verdict = 'matched'
    )
select * from final
