-- row: a debit order, as landed, that the asked break rests on
-- key: place, line
-- rank: 3
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
            order_no,
            loan_id,
            instalment_no,
            purpose,
            channel,
            bank_code,
            card_type,
            card_no,
            amount_minor,
            requested_at,
            status,
            response_code,
        from landing.debit_orders
    ),
    final as (
        select
            evidence.entry_id,
            evidence.place,
            evidence.line,
            delivered.order_no,
            delivered.loan_id,
            delivered.instalment_no,
            delivered.purpose,
            delivered.channel,
            delivered.bank_code,
            delivered.card_type,
            delivered.card_no,
            delivered.amount_minor,
            delivered.requested_at,
            delivered.status,
            delivered.response_code,
        from evidence
        inner join delivered
            on evidence.file_id = delivered.file_id and evidence.line = delivered.line
        order by evidence.place, evidence.line
    )
select * from final
