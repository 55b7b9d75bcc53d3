-- row: one succeeded refund or reversal, with the debit it names, if it names one we
--   know
-- key: channel, channel_ref
with
    lines as (
        select
            channel,
            channel_ref,
            order_no,
            kind,
            original_ref,
            outcome,
            amount_minor,
            happened_at,
            known_on,
            entry_id,
        from staging.settlement_lines
    ),
    debits as (
        select
            channel,
            channel_ref,
            known_on,
        from lines
        where kind = 'debit' and outcome = 'succeeded'
    ),
    refunds as (
        select *
        from lines
        where kind in ('refund', 'reversal') and outcome = 'succeeded'
    ),
    final as (
        select
            refunds.channel,
            refunds.channel_ref,
            refunds.order_no,
            debits.channel_ref as debit_ref,
            refunds.amount_minor,
            refunds.happened_at,
            refunds.known_on,
            -- of a debit in a later file nobody knew that it was given back
            greatest(refunds.known_on, debits.known_on) as told_on,
            refunds.entry_id,
        from refunds
        left join debits
            on refunds.channel = debits.channel
            and refunds.original_ref = debits.channel_ref
    )
select * from final
