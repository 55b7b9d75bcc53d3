-- row: one group with a duplicate debit, judged by its other debits
-- key: group_id
with
    duplicate_debits as (
        select entry_id
        from breaks.duplicate_debit
    ),
    entries as (
        select
            entry_id,
            group_id,
        from matching.entries
        where state = 'matched'
    ),
    debits as (
        select
            entry_id,
            channel,
            channel_ref,
            net_minor,
            happened_at,
            posting_due_at,
        from staging.debits
    ),
    groups as (
        select
            entries.group_id,
            cast(sum(debits.net_minor) as bigint) as duplicate_minor,
        from duplicate_debits
        inner join entries on duplicate_debits.entry_id = entries.entry_id
        inner join debits on duplicate_debits.entry_id = debits.entry_id
        group by entries.group_id
    ),
    others as (
        select
            entries.group_id,
            max(debits.happened_at) as last_debit_at,
            max_by(
                debits.posting_due_at,
                (debits.happened_at, debits.channel_ref, debits.channel)
            ) as posting_due_at,
        from entries
        semi join groups on entries.group_id = groups.group_id
        anti join duplicate_debits on entries.entry_id = duplicate_debits.entry_id
        inner join debits on entries.entry_id = debits.entry_id
        group by entries.group_id
    ),
    final as (
        select
            groups.group_id,
            groups.duplicate_minor,
            others.last_debit_at,
            others.posting_due_at,
        from groups
        left join others on groups.group_id = others.group_id
    )
select * from final
