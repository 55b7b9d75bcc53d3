-- row: one declaration of totals for the asked day, beside the sums of the lines
-- key: scope
-- rank: 9
-- family: numbers
with
    subject as (
        select
            channel,
            settle_date,
        from explain.subject
        where kind = 'settlement'
    ),
    totals as (
        select
            channel,
            settle_date,
            scope,
            declared_debit_count,
            declared_debit_minor,
            declared_refund_count,
            declared_refund_minor,
            declared_fee_minor,
            declared_net_minor,
            declared_lines,
            debit_count,
            debit_minor,
            refund_count,
            refund_minor,
            fee_minor,
            lines_read,
        from breaks.counted_totals
    ),
    final as (
        select
            totals.scope,
            nullif(totals.scope, '') as declared_in,
            totals.declared_debit_count as declared_debits,
            cast(totals.debit_count as bigint) as counted_debits,
            totals.declared_debit_minor,
            cast(totals.debit_minor as bigint) as counted_debit_minor,
            totals.declared_refund_count as declared_refunds,
            cast(totals.refund_count as bigint) as counted_refunds,
            totals.declared_refund_minor,
            cast(totals.refund_minor as bigint) as counted_refund_minor,
            totals.declared_fee_minor,
            cast(totals.fee_minor as bigint) as counted_fee_minor,
            totals.declared_net_minor,
            cast(
                totals.debit_minor - totals.refund_minor - totals.fee_minor as bigint
            ) as counted_net_minor,
            totals.declared_lines,
            totals.lines_read,
        from totals
        semi join subject
            on totals.channel = subject.channel
            and totals.settle_date = subject.settle_date
    )
select * from final
