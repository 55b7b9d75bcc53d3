-- row: how the lender saw the loan on a day, as landed, that the asked break rests on
-- key: place, line
-- rank: 6
-- family: lines
with
    evidence as (
        select
            file_id,
            line,
            place,
            entry_id,
        from explain.evidence
    ),
    delivered as (
        select
            file_id,
            line,
            loan_id,
            as_of,
            days_past_due,
            app_status,
            collection_stage,
            bureau_status,
            bureau_reported_on,
        from landing.account_status
    ),
    final as (
        select
            evidence.entry_id,
            evidence.place,
            evidence.line,
            delivered.loan_id,
            delivered.as_of,
            delivered.days_past_due,
            delivered.app_status,
            delivered.collection_stage,
            delivered.bureau_status,
            delivered.bureau_reported_on,
        from evidence
        inner join delivered
            on evidence.file_id = delivered.file_id and evidence.line = delivered.line
        order by evidence.place, evidence.line
    )
select * from final
