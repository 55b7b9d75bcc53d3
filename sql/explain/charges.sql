-- row: a charge, as landed, that the asked break rests on
-- key: place, line
-- rank: 5
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
            charge_id,
            loan_id,
            instalment_no,
            kind,
            amount_minor,
            charged_on,
            status,
        from landing.charges
    ),
    final as (
        select
            evidence.entry_id,
            evidence.place,
            evidence.line,
            delivered.charge_id,
            delivered.loan_id,
            delivered.instalment_no,
            delivered.kind,
            delivered.amount_minor,
            delivered.charged_on,
            delivered.status,
        from evidence
        inner join delivered
            on evidence.file_id = delivered.file_id and evidence.line = delivered.line
        order by evidence.place, evidence.line
    )
select * from final
