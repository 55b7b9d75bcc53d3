-- row: one debit, and days on end on which its net amount was the same
-- key: entry_id, from_day
-- A refund comes off the debit that it names once the files of both are there, and
-- until then off its order's.
with
    debits as (
        select
            entry_id,
            channel,
            channel_ref,
            order_no,
            amount_minor,
            known_on,
        from staging.debits
    ),
    refunds as (
        select
            channel,
            debit_ref,
            amount_minor,
            told_on,
        from staging.refunds
    ),
    by_order as (
        select
            channel,
            channel_ref,
            from_day,
            refunded_minor,
        from staging.refunds_by_order
    ),
    changes as (
        select
            entry_id,
            known_on as day,
            amount_minor as change_minor,
        from debits
        union all
        select
            debits.entry_id,
            refunds.told_on as day,
            -refunds.amount_minor as change_minor,
        from debits
        inner join refunds
            on debits.channel = refunds.channel
            and debits.channel_ref = refunds.debit_ref
        union all
        select
            debits.entry_id,
            by_order.from_day as day,
            coalesce(
                lag(by_order.refunded_minor) over (
                    partition by debits.entry_id
                    order by by_order.from_day
                ),
                0
            ) - by_order.refunded_minor as change_minor,
        from debits
        inner join by_order
            on debits.channel = by_order.channel
            and debits.channel_ref = by_order.channel_ref
    ),
    days as (
        select
            entry_id,
            day,
            cast(
                greatest(
                    sum(sum(change_minor)) over (partition by entry_id order by day),
                    0
                ) as bigint
            ) as net_minor,
        from changes
        group by
            entry_id,
            day
    ),
    steps as (
        select
            entry_id,
            day,
            net_minor,
            lag(net_minor) over (partition by entry_id order by day) as before_minor,
        from days
        qualify net_minor is distinct from before_minor
    ),
    final as (
        select
            debits.entry_id,
            debits.channel,
            debits.order_no,
            steps.day as from_day,
            lead(steps.day) over (partition by debits.entry_id order by steps.day)
                as until_day,
            steps.net_minor,
            steps.net_minor - coalesce(steps.before_minor, 0) as change_minor,
        from steps
        inner join debits on steps.entry_id = debits.entry_id
    )
select * from final
