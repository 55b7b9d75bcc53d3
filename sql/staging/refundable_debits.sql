-- row: one debit whose order has refunds that name none, on a day on which anything of
--   that order was told, and what refunds that name it had left of it
-- key: channel, channel_ref, day
with
    debits as (
        select
            channel,
            channel_ref,
            order_no,
            amount_minor,
            happened_at,
            known_on,
        from staging.settlement_lines
        where kind = 'debit' and outcome = 'succeeded'
    ),
    refunds as (
        select
            channel,
            debit_ref,
            amount_minor,
            told_on,
        from staging.refunds
    ),
    unnamed as (
        select
            channel,
            order_no,
            from_day,
            until_day,
        from staging.unnamed_refunds
    ),
    order_debits as (
        select *
        from debits
        semi join unnamed
            on debits.channel = unnamed.channel and debits.order_no = unnamed.order_no
    ),
    named as (
        select
            order_debits.channel,
            order_debits.channel_ref,
            order_debits.order_no,
            refunds.amount_minor,
            refunds.told_on,
        from order_debits
        inner join refunds
            on order_debits.channel = refunds.channel
            and order_debits.channel_ref = refunds.debit_ref
    ),
    days as (
        select channel, order_no, known_on as day from order_debits
        union
        select channel, order_no, told_on as day from named
        union
        select channel, order_no, from_day as day from unnamed
        union
        select channel, order_no, until_day as day from unnamed
    ),
    final as (
        select
            debits.channel,
            debits.channel_ref,
            debits.order_no,
            days.day,
            debits.happened_at,
            greatest(debits.amount_minor - coalesce(sum(named.amount_minor), 0), 0)
                as left_minor,
        from days
        inner join order_debits as debits
            on days.channel = debits.channel
            and days.order_no = debits.order_no
            and debits.known_on <= days.day
        left join named
            on debits.channel = named.channel
            and debits.channel_ref = named.channel_ref
            and named.told_on <= days.day
        group by
            debits.channel,
            debits.channel_ref,
            debits.order_no,
            days.day,
            debits.happened_at,
            debits.amount_minor
    )
select * from final
