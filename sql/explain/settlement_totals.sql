-- row: the totals that the channel declares, as landed, that the asked break rests on
-- key: place, line
-- rank: 8
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
            settle_date,
            debit_count,
            debit_amount_minor,
            refund_count,
            refund_amount_minor,
            fee_amount_minor,
            net_amount_minor,
            line_count,
            lines_read,
        from landing.settlement_totals
    ),
    final as (
        select
            evidence.entry_id,
            evidence.place,
            evidence.line,
            delivered.settle_date,
            delivered.debit_count,
            delivered.debit_amount_minor,
            delivered.refund_count,
            delivered.refund_amount_minor,
            delivered.fee_amount_minor,
            delivered.net_amount_minor,
            delivered.line_count,
            delivered.lines_read,
        from evidence
        inner join delivered
            on evidence.file_id = delivered.file_id and evidence.line = delivered.line
        order by evidence.place, evidence.line
    )
select * from final
