-- row: an entry of a statement that the borrower handed in, as landed, that the asked
--   break rests on
-- key: place, line
-- rank: 10
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
            entry_no,
            card_no,
            happened_at,
            amount_minor,
            balance_minor,
            has_time,
        from landing.borrower_statements
    ),
    final as (
        select
            evidence.entry_id,
            evidence.place,
            evidence.line,
            delivered.loan_id,
            delivered.entry_no,
            delivered.card_no,
            delivered.happened_at,
            delivered.amount_minor,
            delivered.balance_minor,
            delivered.has_time,
        from evidence
        inner join delivered
            on evidence.file_id = delivered.file_id and evidence.line = delivered.line
        order by evidence.place, evidence.line
    )
select * from final
