-- row: an instalment, as landed, that the asked break rests on
-- key: place, line
-- rank: 2
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
            instalment_no,
            due_date,
            principal_due_minor,
            interest_due_minor,
        from landing.instalments
    ),
    final as (
        select
            evidence.entry_id,
            evidence.place,
            evidence.line,
            delivered.loan_id,
            delivered.instalment_no,
            delivered.due_date,
            delivered.principal_due_minor,
            delivered.interest_due_minor,
        from evidence
        inner join delivered
            on evidence.file_id = delivered.file_id and evidence.line = delivered.line
        order by evidence.place, evidence.line
    )
select * from final
