-- row: the asked day of a channel: its lines, fees and receipts
-- key: channel, settle_date
-- rank: 8
-- family: numbers
with
    subject as (
        select
            channel,
            settle_date,
        from explain.subject
        where kind = 'settlement'
    ),
    days as (
        select
            channel,
            settle_date,
            line_count,
            debit_count,
            debit_minor,
            refund_count,
            refund_minor,
            fee_minor,
            fee_by_rule_minor,
            net_minor,
        from breaks.settlement_days
    ),
    terms as (
        select
            channel,
            valid_from,
            valid_to,
            settlement_lag_days,
            file_lag_days,
        from reference.channel_terms
    ),
    receipts as (
        select
            channel,
            settle_date,
            cast(sum(amount_minor) as bigint) as received_minor,
            min(booked_on) as first_booked_on,
            max(booked_on) as last_booked_on,
        from breaks.receipt_days
        where settle_date is not null
        group by
            channel,
            settle_date
    ),
    final as (
        select
            subject.channel,
            subject.settle_date,
            subject.settle_date + terms.file_lag_days as file_due_on,
            days.channel is not null as is_file_there,
            days.line_count as number_of_lines,
            days.debit_count as number_of_debits,
            days.debit_minor as debits_minor,
            days.refund_count as number_of_refunds_and_reversals,
            days.refund_minor as refunds_and_reversals_minor,
            days.fee_minor as fees_minor,
            days.fee_by_rule_minor as fees_by_rule_minor,
            days.net_minor as net_amount_minor,
            terms.settlement_lag_days as settlement_lag_business_days,
            receipts.received_minor,
            receipts.first_booked_on,
            receipts.last_booked_on,
        from subject
        left join days
            on subject.channel = days.channel and subject.settle_date = days.settle_date
        left join terms
            on subject.channel = terms.channel
            and terms.valid_from <= subject.settle_date
            and subject.settle_date < terms.valid_to
        left join receipts
            on subject.channel = receipts.channel
            and subject.settle_date = receipts.settle_date
    )
select * from final
