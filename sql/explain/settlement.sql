-- row: an event that the channel reports, as landed, that the asked break rests on
-- key: place, line
-- rank: 7
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
            channel_ref,
            order_no,
            kind,
            original_ref,
            amount_minor,
            fee_minor,
            happened_at,
            settle_date,
            card_no,
            bank_code,
            outcome,
            response_code,
        from landing.settlement
    ),
    final as (
        select
            evidence.entry_id,
            evidence.place,
            evidence.line,
            delivered.channel_ref,
            delivered.order_no,
            delivered.kind,
            delivered.original_ref,
            delivered.amount_minor,
            delivered.fee_minor,
            delivered.happened_at,
            delivered.settle_date,
            delivered.card_no,
            delivered.bank_code,
            delivered.outcome,
            delivered.response_code,
        from evidence
        inner join delivered
            on evidence.file_id = delivered.file_id and evidence.line = delivered.line
        order by evidence.place, evidence.line
    )
select * from final
