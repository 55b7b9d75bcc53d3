-- row: one refund of an order_no that names no debit, and the days on which it does not
-- key: channel, channel_ref
-- kept: no
-- One that names a debit which comes in a later file names none until then.
with
    refunds as (
        select
            channel,
            channel_ref,
            order_no,
            debit_ref,
            amount_minor,
            happened_at,
            known_on,
            told_on,
        from staging.refunds
    ),
    final as (
        select
            channel,
            channel_ref,
            order_no,
            amount_minor,
            happened_at,
            known_on as from_day,
            case when debit_ref is not null then told_on end as until_day,
        from refunds
        where order_no is not null and (debit_ref is null or known_on < told_on)
    )
select * from final
