-- row: a loan, as landed, that the asked break rests on
-- key: place, line
-- rank: 1
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
            borrower_ref,
            product,
            bank_code,
            card_type,
            card_no,
            opened_on,
            principal_minor,
            term,
            status,
        from landing.loans
    ),
    final as (
        select
            evidence.entry_id,
            evidence.place,
            evidence.line,
            delivered.loan_id,
            delivered.borrower_ref,
            delivered.product,
            delivered.bank_code,
            delivered.card_type,
            delivered.card_no,
            delivered.opened_on,
            delivered.principal_minor,
            delivered.term,
            delivered.status,
        from evidence
        inner join delivered
            on evidence.file_id = delivered.file_id and evidence.line = delivered.line
        order by evidence.place, evidence.line
    )
select * from final
