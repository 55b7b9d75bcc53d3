-- row: one calendar day of one channel with a settlement file, summed as delivered last
-- key: channel, settle_date
with
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
            lines.kind,
            lines.outcome,
            lines.amount_minor,
            lines.fee_minor,
        from staging.settlement_delivered as lines
        anti join replaced on lines.entry_id = replaced.entry_id
    ),
    terms as (
        select
            channel,
            valid_from,
            valid_to,
            fee_rate,
            fee_minimum_minor,
            fee_maximum_minor,
        from reference.channel_terms
    ),
    fees as (
        select
            lines.channel,
            lines.settle_date,
            lines.kind,
            lines.outcome,
            lines.amount_minor,
            lines.fee_minor,
            case
                when lines.kind = 'debit' and lines.outcome = 'succeeded'
                    then cast(
                        round(
                            least(
                                greatest(
                                    cast(lines.amount_minor as decimal(26, 0))
                                    * cast(terms.fee_rate as decimal(12, 10)),
                                    coalesce(terms.fee_minimum_minor, 0)
                                ),
                                terms.fee_maximum_minor
                            ),
                            0
                        ) as bigint
                    )
                else 0
            end as fee_by_rule_minor,
        from lines
        left join terms
            on lines.channel = terms.channel
            and terms.valid_from <= lines.settle_date
            and lines.settle_date < terms.valid_to
    ),
    sums as (
        select
            channel,
            settle_date,
            count(*) as line_count,
            count(*) filter (kind = 'debit' and outcome = 'succeeded') as debit_count,
            sum(amount_minor) filter (kind = 'debit' and outcome = 'succeeded')
                as debit_minor,
            count(*) filter (kind <> 'debit' and outcome = 'succeeded') as refund_count,
            sum(amount_minor) filter (kind <> 'debit' and outcome = 'succeeded')
                as refund_minor,
            sum(fee_minor) as fee_minor,
            sum(fee_by_rule_minor) as fee_by_rule_minor,
        from fees
        group by
            channel,
            settle_date
    ),
    final as (
        select
            files.channel,
            files.settle_date,
            coalesce(sums.line_count, 0) as line_count,
            coalesce(sums.debit_count, 0) as debit_count,
            coalesce(sums.refund_count, 0) as refund_count,
            cast(coalesce(sums.debit_minor, 0) as bigint) as debit_minor,
            cast(coalesce(sums.refund_minor, 0) as bigint) as refund_minor,
            cast(coalesce(sums.fee_minor, 0) as bigint) as fee_minor,
            cast(coalesce(sums.fee_by_rule_minor, 0) as bigint) as fee_by_rule_minor,
            cast(
                coalesce(sums.debit_minor, 0)
                - coalesce(sums.refund_minor, 0)
                - coalesce(sums.fee_minor, 0)
                as bigint
            ) as net_minor,
        from files
        left join sums
            on files.channel = sums.channel and files.settle_date = sums.settle_date
    )
select * from final
