-- row: one loan whose collection is to be stopped, sorted by stage, the worst first
-- key: break_id
with
    breaks as (
        select
            break_id,
            category,
            category_zh,
            lender,
            borrower_ref,
            loan_id,
            instalment_no,
            due_date,
            cause,
            liable,
            proof,
            sources,
        from reports.breaks
        where stop_collection
    ),
    statuses as (
        select
            lender,
            loan_id,
            as_of,
            held_since,
            collection_stage,
        from breaks.latest_status
    ),
    stages as (
        select * from (
            values
                ('judicial', 1),
                ('legal', 2),
                ('escalated', 3),
                ('phone', 4),
                ('reminder', 5)
        ) as stages (collection_stage, place)
    ),
    final as (
        select
            statuses.collection_stage,
            breaks.lender,
            breaks.borrower_ref,
            breaks.loan_id,
            breaks.instalment_no,
            breaks.due_date,
            statuses.as_of as seen_on,
            statuses.held_since,
            breaks.category,
            breaks.category_zh,
            breaks.cause,
            breaks.liable,
            breaks.proof,
            breaks.break_id,
            breaks.sources,
        from breaks
        inner join statuses
            on breaks.lender = statuses.lender and breaks.loan_id = statuses.loan_id
        inner join stages on statuses.collection_stage = stages.collection_stage
        order by
            stages.place,
            breaks.proof,
            statuses.held_since,
            breaks.break_id
    )
select * from final
