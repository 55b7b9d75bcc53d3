-- row: one asked entry and one other member of the group or the doubt it was taken into
-- key: entry_id, other_id?
with
    asked as (
        select entry_id
        from explain.asked_entries
    ),
    passes as (
        select
            entry_id,
            group_id,
            coalesce(verdict, 'matched') as verdict,
            cause,
            rank,
            member,
        from matching.passes
    ),
    taken as (
        select *
        from passes
        semi join asked on passes.entry_id = asked.entry_id
    ),
    final as (
        select
            taken.entry_id,
            taken.rank,
            taken.member as rule,
            taken.verdict,
            taken.cause,
            others.entry_id as other_id,
        from taken
        left join passes as others
            on taken.rank = others.rank
            and taken.group_id = others.group_id
            and taken.entry_id <> others.entry_id
        qualify
            row_number() over (partition by taken.entry_id order by others.entry_id)
            <= 20
        order by taken.entry_id, others.entry_id
    )
select * from final
