-- row: one calendar day of one channel whose declared totals are not those of its lines
-- key: channel, settle_date
-- rank: 32
-- family: settlement
-- subject: settlement
-- zh: 汇总不符
-- severity: high
-- means: The channel's own totals are not the sums of its own lines.
-- remedy: Ask the channel for a corrected settlement file of this day.
with
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
    compared as (
        select
            channel,
            settle_date,
            scope,
            1 as place,
            'debit_amount' as cause,
            declared_debit_minor as declared,
            debit_minor as counted,
            true as is_money,
        from totals
        union all
        select
            channel, settle_date, scope, 2, 'debit_count',
            declared_debit_count, debit_count, false,
        from totals
        union all
        select
            channel, settle_date, scope, 3, 'refund_amount',
            declared_refund_minor, refund_minor, true,
        from totals
        union all
        select
            channel, settle_date, scope, 4, 'refund_count',
            declared_refund_count, refund_count, false,
        from totals
        union all
        select
            channel, settle_date, scope, 5, 'fee_amount',
            declared_fee_minor, fee_minor, true,
        from totals
        union all
        select
            channel, settle_date, scope, 6, 'net_amount',
            declared_net_minor, debit_minor - refund_minor - fee_minor, true,
        from totals
        union all
        select
            channel, settle_date, scope, 7, 'line_count',
            declared_lines, lines_read, false,
        from totals
    ),
    final as (
        select
            channel,
            settle_date,
            cause || '_differs' as cause,
            cast(case when is_money then counted end as bigint) as ledger_amount_minor,
            cast(case when is_money then declared end as bigint)
                as channel_amount_minor,
            settle_date as true_since,
        from compared
        where declared <> counted
        qualify
            row_number() over (
                partition by channel, settle_date
                order by place, scope
            ) = 1
    )
select * from final
