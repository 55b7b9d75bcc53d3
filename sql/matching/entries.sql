-- row: one debit or channel repayment, with what the passes made of it
-- key: entry_id
-- kept: no
-- `state`: matched; waiting, in a group whose sums may still agree; ambiguous; open.
with
    passes as (
        select
            entry_id,
            is_debit,
            group_id,
            verdict,
        from matching.passes
    ),
    waiting_groups as (
        select group_id
        from matching.order_groups
        where is_in_transit
    ),
    open_entries as (
        select
            entry_id,
            side,
        from matching.left_open
    ),
    final as (
        select
            passes.entry_id,
            case when passes.is_debit then 'debit' else 'posting' end as side,
            case
                when passes.verdict = 'ambiguous' then 'ambiguous'
                when waiting_groups.group_id is not null then 'waiting'
                else 'matched'
            end as state,
            passes.group_id,
        from passes
        left join waiting_groups on passes.group_id = waiting_groups.group_id
        union all
        select
            entry_id,
            side,
            'open' as state,
            cast(null as bigint) as group_id,
        from open_entries
    )
select * from final
