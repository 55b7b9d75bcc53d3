-- row: one order_no whose debits were given back in full, and since when
-- key: channel, order_no
-- What is given back after that instant, or to one debit beyond its amount, gives back
-- nothing any more. A refund that names no debit goes to whichever debit of its order
-- can bear it, so for the order as a whole it counts in full.
with
    debits as (
        select
            channel,
            channel_ref,
            order_no,
            amount_minor,
            happened_at,
        from staging.debits
    ),
    refunds as (
        select
            channel,
            channel_ref,
            order_no,
            debit_ref,
            amount_minor,
            happened_at,
        from staging.refunds
    ),
    orders as (
        select
            channel,
            order_no,
            sum(amount_minor) as taken_minor,
            max(happened_at) as last_debit_at,
        from debits
        group by
            channel,
            order_no
        having sum(amount_minor) > 0
    ),
    named as (
        select
            debits.channel,
            debits.order_no,
            debits.amount_minor as debit_minor,
            refunds.happened_at,
            refunds.amount_minor,
            sum(refunds.amount_minor) over (
                partition by debits.channel, debits.channel_ref
                order by refunds.happened_at, refunds.channel_ref
                rows between unbounded preceding and current row
            ) as so_far_minor,
        from refunds
        inner join debits
            on refunds.channel = debits.channel
            and refunds.debit_ref = debits.channel_ref
    ),
    borne as (
        select
            channel,
            order_no,
            happened_at,
            least(so_far_minor, debit_minor)
                - least(so_far_minor - amount_minor, debit_minor) as borne_minor,
        from named
        union all
        select
            channel,
            order_no,
            happened_at,
            amount_minor as borne_minor,
        from refunds
        where debit_ref is null
    ),
    running as (
        select
            orders.channel,
            orders.order_no,
            orders.taken_minor,
            orders.last_debit_at,
            borne.happened_at,
            sum(borne.borne_minor) over so_far as so_far_minor,
        from orders
        inner join borne
            on orders.channel = borne.channel and orders.order_no = borne.order_no
        window so_far as (
            partition by orders.channel, orders.order_no
            order by borne.happened_at
        )
    ),
    emptied as (
        select
            channel,
            order_no,
            last_debit_at,
            min(happened_at) as refunded_at,
        from running
        where so_far_minor >= taken_minor
        group by
            channel,
            order_no,
            last_debit_at
    ),
    known as (
        select
            net_history.channel,
            net_history.order_no,
            -- a debit that is given back as soon as it is known takes nothing
            coalesce(
                max(net_history.from_day) filter (net_history.change_minor < 0),
                min(net_history.from_day)
            ) as told_on,
        from breaks.net_history as net_history
        semi join emptied
            on net_history.channel = emptied.channel
            and net_history.order_no = emptied.order_no
        group by
            net_history.channel,
            net_history.order_no
    ),
    final as (
        select
            emptied.channel,
            emptied.order_no,
            emptied.last_debit_at,
            emptied.refunded_at,
            known.told_on,
        from emptied
        inner join known
            on emptied.channel = known.channel and emptied.order_no = known.order_no
    )
select * from final
