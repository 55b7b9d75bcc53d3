-- row: a booking on the lender's bank account, as landed, that the asked break rests on
-- key: place, line
-- rank: 9
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
            entry_ref,
            account,
            booked_on,
            amount_minor,
            channel,
            settle_date,
        from landing.bank_receipts
    ),
    final as (
        select
            evidence.entry_id,
            evidence.place,
            evidence.line,
            delivered.entry_ref,
            delivered.account,
            delivered.booked_on,
            delivered.amount_minor,
            delivered.channel,
            delivered.settle_date,
        from evidence
        inner join delivered
            on evidence.file_id = delivered.file_id and evidence.line = delivered.line
        order by evidence.place, evidence.line
    )
select * from final
