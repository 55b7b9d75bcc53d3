-- row: one declaration of a channel's totals beside what its lines add up to
-- key: channel, settle_date, scope
with
    declared as (
        select
            channel,
            settle_date,
            scope,
            debit_count,
            debit_amount_minor,
            refund_count,
            refund_amount_minor,
            fee_amount_minor,
            net_amount_minor,
            line_count,
            lines_read,
        from staging.declared_totals
    ),
    files as (
        select
            channel,
            settle_date,
        from staging.settlement_files
    ),
    replaced as (
        select entry_id
        from staging.repeated_refs
        where is_replaced
    ),
    lines as (
        select
            lines.channel,
            lines.settle_date,
            lines.path,
            lines.kind,
            lines.outcome,
            lines.amount_minor,
            lines.fee_minor,
            replaced.entry_id is not null as is_replaced,
        from staging.settlement_delivered as lines
        left join replaced on lines.entry_id = replaced.entry_id
    ),
    sums as (
        select
            channel,
            settle_date,
            path,
            is_replaced,
            count(*) filter (kind = 'debit' and outcome = 'succeeded') as debit_count,
            sum(amount_minor) filter (kind = 'debit' and outcome = 'succeeded')
                as debit_minor,
            count(*) filter (kind <> 'debit' and outcome = 'succeeded') as refund_count,
            sum(amount_minor) filter (kind <> 'debit' and outcome = 'succeeded')
                as refund_minor,
            sum(fee_minor) as fee_minor,
        from lines
        group by
            channel,
            settle_date,
            path,
            is_replaced
    ),
    final as (
        select
            declared.channel,
            declared.settle_date,
            declared.scope,
            any_value(declared.debit_count) as declared_debit_count,
            any_value(declared.debit_amount_minor) as declared_debit_minor,
            any_value(declared.refund_count) as declared_refund_count,
            any_value(declared.refund_amount_minor) as declared_refund_minor,
            any_value(declared.fee_amount_minor) as declared_fee_minor,
            any_value(declared.net_amount_minor) as declared_net_minor,
            any_value(declared.line_count) as declared_lines,
            any_value(declared.lines_read) as lines_read,
            coalesce(sum(sums.debit_count), 0) as debit_count,
            coalesce(sum(sums.debit_minor), 0) as debit_minor,
            coalesce(sum(sums.refund_count), 0) as refund_count,
            coalesce(sum(sums.refund_minor), 0) as refund_minor,
            coalesce(sum(sums.fee_minor), 0) as fee_minor,
        from declared
        semi join files
            on declared.channel = files.channel
            and declared.settle_date = files.settle_date
        left join sums
            on declared.channel = sums.channel
            and declared.settle_date = sums.settle_date
            and case
                when declared.scope = '' then not sums.is_replaced
                -- a file's own declaration is of all its lines
                else declared.scope = sums.path
            end
        group by
            declared.channel,
            declared.settle_date,
            declared.scope
    )
select * from final
