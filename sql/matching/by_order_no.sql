-- row: one debit or posting in the group of its order_no
-- key: entry_id
-- rank: 1
-- family: passes
with
    groups as (
        select
            group_id,
            group_entry,
        from matching.order_groups
    ),
    entries as (
        select entry_id, group_entry, true as is_debit
        from matching.ordered_debits
        union all
        select entry_id, group_entry, false as is_debit
        from matching.ordered_postings
    ),
    final as (
        select
            entries.entry_id,
            entries.is_debit,
            groups.group_id,
        from entries
        inner join groups on entries.group_entry = groups.group_entry
    )
select * from final
