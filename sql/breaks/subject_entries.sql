-- row: one entry that a break, a waiting or an excluded row is about
-- key: entry_id
with
    findings as (
        select entry_id
        from breaks.findings
        where entry_id <> 0
    ),
    waiting as (
        select entry_id
        from breaks.open_entry_choice
    ),
    final as (
        select entry_id from findings
        union
        select entry_id from waiting
    )
select * from final
