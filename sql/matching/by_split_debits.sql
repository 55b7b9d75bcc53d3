-- row: one debit or posting that is a whole or a piece of one, or ambiguous as such
-- key: entry_id
-- rank: 3
-- family: passes
-- A group is numbered as its first debit, a doubt below zero: as its lowest entry.
with
    entries as (
        select
            entry_id,
            side,
            cluster_id,
        from matching.split_entries
    ),
    solved as (
        select
            group_no,
            entry_id,
            verdict,
            cause,
        from matching.solved_splits
    ),
    groups as (
        select
            solved.group_no,
            min(solved.entry_id) as group_id,
        from solved
        inner join entries on solved.entry_id = entries.entry_id
        where entries.side = 'debit' and solved.verdict = 'matched'
        group by solved.group_no
    ),
    final as (
        select
            solved.entry_id,
            entries.side = 'debit' as is_debit,
            coalesce(groups.group_id, -entries.cluster_id) as group_id,
            solved.verdict,
            solved.cause,
        from solved
        inner join entries on solved.entry_id = entries.entry_id
        left join groups on solved.group_no = groups.group_no
    )
select * from final
