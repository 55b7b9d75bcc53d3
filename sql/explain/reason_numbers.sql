-- row: one fact that explains the lateness, or one fault behind the wrong treatment
-- key: category, fact_id
-- rank: 7
-- family: numbers
with
    subject as (
        select entry_id
        from explain.subject
        where kind = 'instalment'
    ),
    explanations as (
        select
            instalment_id,
            category,
            entry_id,
            fact_at,
        from breaks.explanations
    ),
    faults as (
        select
            instalment_id,
            category,
            entry_id,
            liable,
            fact_at,
        from breaks.instalment_faults
    ),
    liability as (
        select
            category,
            entry_id,
            liable,
        from breaks.direct_liability
    ),
    final as (
        select
            explanations.category,
            explanations.entry_id as fact_id,
            explanations.fact_at,
            coalesce(liability.liable, 'channel') as liable_for_it,
        from explanations
        semi join subject on explanations.instalment_id = subject.entry_id
        left join liability
            on explanations.category = liability.category
            and explanations.entry_id = liability.entry_id
        union all
        select
            faults.category,
            faults.entry_id as fact_id,
            faults.fact_at,
            faults.liable as liable_for_it,
        from faults
        semi join subject on faults.instalment_id = subject.entry_id
    )
select * from final
