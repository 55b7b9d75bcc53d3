-- row: one calendar day of one channel from its first file on, as its files add up
-- key: channel, settle_date
with
    days as (
        select
            channel,
            settle_date,
            line_count,
            debit_minor,
            refund_minor,
            fee_minor,
            net_minor,
        from breaks.settlement_days
    ),
    missing as (
        select
            channel,
            settle_date,
        from breaks.settlement_file_missing
    ),
    together as (
        select
            channel,
            settle_date,
            true as file_present,
            line_count as lines,
            debit_minor as debit_amount_minor,
            refund_minor as refund_amount_minor,
            fee_minor as fee_amount_minor,
            net_minor as net_amount_minor,
        from days
        union all by name
        select
            channel,
            settle_date,
            false as file_present,
        from missing
    ),
    final as (
        select
            channel,
            settle_date,
            file_present,
            lines,
            debit_amount_minor,
            refund_amount_minor,
            fee_amount_minor,
            net_amount_minor,
        from together
        order by
            channel,
            settle_date
    )
select * from final
