-- row: one break with which the next day begins: its facts, and since when they hold
-- key: break_id
-- kept: no
-- A signed break that cleared goes on without facts, so that its id stays known.
with
    facts as (
        select
            break_id,
            category,
            subject,
            facts,
            facts_since,
        from breaks.break_facts
    ),
    cleared as (
        select
            break_id,
            category,
            subject,
        from breaks.signatures
        where category is not null
        group by
            break_id,
            category,
            subject
    ),
    final as (
        select
            break_id,
            category,
            subject,
            facts,
            facts_since,
        from facts
        union all by name
        select
            cleared.break_id,
            cleared.category,
            cleared.subject,
        from cleared
        anti join facts on cleared.break_id = facts.break_id
        order by break_id
    )
select * from final
