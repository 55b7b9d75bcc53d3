-- row: a posting, as landed, that the asked break rests on
-- key: place, line
-- rank: 4
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
            posting_id,
            loan_id,
            instalment_no,
            order_no,
            channel,
            amount_minor,
            posted_at,
            value_date,
            kind,
            reverses,
        from landing.postings
    ),
    final as (
        select
            evidence.entry_id,
            evidence.place,
            evidence.line,
            delivered.posting_id,
            delivered.loan_id,
            delivered.instalment_no,
            delivered.order_no,
            delivered.channel,
            delivered.amount_minor,
            delivered.posted_at,
            delivered.value_date,
            delivered.kind,
            delivered.reverses,
        from evidence
        inner join delivered
            on evidence.file_id = delivered.file_id and evidence.line = delivered.line
        order by evidence.place, evidence.line
    )
select * from final
