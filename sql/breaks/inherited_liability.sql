-- row: one instalment wrongly overdue, and the liability of the earliest fact behind it
-- key: entry_id
with
    overdue as (
        select
            entry_id,
            cause,
        from breaks.wrongly_overdue
    ),
    ranks as (
        select
            category,
            rank,
        from breaks.catalogue
    ),
    subjects as (
        select
            entry_id,
            subject,
        from breaks.entry_subjects
    ),
    faults as (
        select
            faults.instalment_id,
            faults.liable,
            faults.fact_at,
            ranks.rank,
            faults.entry_id,
        from breaks.instalment_faults as faults
        inner join ranks on faults.category = ranks.category
    ),
    explanations as (
        select
            explanations.instalment_id,
            coalesce(liability.liable, 'channel') as liable,
            explanations.fact_at,
            explanations.precedence,
            explanations.rank,
            explanations.entry_id,
        from breaks.explanations as explanations
        left join breaks.direct_liability as liability
            on explanations.category = liability.category
            and explanations.entry_id = liability.entry_id
    ),
    facts as (
        select
            overdue.entry_id,
            faults.liable,
            faults.fact_at,
            1 as precedence,
            faults.rank,
            faults.entry_id as fact_id,
        from overdue
        inner join faults on overdue.entry_id = faults.instalment_id
        where overdue.cause = 'covered_in_time'
        union all
        select
            overdue.entry_id,
            explanations.liable,
            explanations.fact_at,
            explanations.precedence,
            explanations.rank,
            explanations.entry_id as fact_id,
        from overdue
        inner join explanations on overdue.entry_id = explanations.instalment_id
    ),
    final as (
        select
            facts.entry_id,
            facts.liable,
        from facts
        left join subjects on facts.fact_id = subjects.entry_id
        qualify
            row_number() over (
                partition by facts.entry_id
                order by
                    facts.fact_at,
                    facts.precedence,
                    facts.rank,
                    subjects.subject,
                    facts.liable
            ) = 1
    )
select * from final
