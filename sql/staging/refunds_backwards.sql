-- row: one debit, and what refunds of its order after it take off it, naming no debit
-- key: channel, channel_ref
-- Such a refund goes to the debits of its order_no, the latest one before it first, and
-- what that one cannot bear to the one before. Taking the debits from the latest
-- backwards, the sum taken so far is the smaller of two: all debits so far, or some
-- refunds after a later debit plus every debit from there; hence the running minimum.
with
    lines as (
        select
            channel,
            channel_ref,
            order_no,
            kind,
            outcome,
            amount_minor,
            happened_at,
        from staging.settlement_lines
    ),
    refunds as (
        select
            channel,
            order_no,
            debit_ref,
            amount_minor,
            happened_at,
        from staging.refunds
    ),
    unnamed as (
        select *
        from refunds
        where debit_ref is null and order_no is not null
    ),
    orders as (
        select
            channel,
            order_no,
        from unnamed
        group by
            channel,
            order_no
    ),
    named as (
        select
            channel,
            debit_ref,
            cast(sum(amount_minor) as bigint) as named_minor,
        from refunds
        where debit_ref is not null
        group by
            channel,
            debit_ref
    ),
    debits as (
        select
            lines.channel,
            lines.channel_ref,
            lines.order_no,
            lines.happened_at,
            greatest(lines.amount_minor - coalesce(named.named_minor, 0), 0)
                as left_minor,
        from lines
        semi join orders
            on lines.channel = orders.channel and lines.order_no = orders.order_no
        left join named
            on lines.channel = named.channel and lines.channel_ref = named.debit_ref
        where lines.kind = 'debit' and lines.outcome = 'succeeded'
    ),
    refunded_after as (
        select
            debits.channel,
            debits.channel_ref,
            coalesce(sum(unnamed.amount_minor), 0) as after_minor,
            max(unnamed.happened_at) as last_refund_at,
        from debits
        left join unnamed
            on debits.channel = unnamed.channel
            and debits.order_no = unnamed.order_no
            and debits.happened_at <= unnamed.happened_at
        group by
            debits.channel,
            debits.channel_ref
    ),
    backwards as (
        select
            debits.channel,
            debits.channel_ref,
            debits.order_no,
            debits.happened_at,
            debits.left_minor,
            refunded_after.after_minor,
            refunded_after.last_refund_at,
            sum(debits.left_minor) over latest_first as so_far_minor,
        from debits
        inner join refunded_after
            on debits.channel = refunded_after.channel
            and debits.channel_ref = refunded_after.channel_ref
        window latest_first as (
            partition by debits.channel, debits.order_no
            order by debits.happened_at desc, debits.channel_ref desc
            rows between unbounded preceding and current row
        )
    ),
    taken as (
        select
            *,
            so_far_minor + least(
                0,
                min(after_minor - so_far_minor) over (
                    partition by channel, order_no
                    order by happened_at desc, channel_ref desc
                    rows between unbounded preceding and current row
                )
            ) as taken_so_far_minor,
        from backwards
    ),
    final as (
        select
            channel,
            channel_ref,
            order_no,
            happened_at,
            last_refund_at,
            left_minor,
            taken_so_far_minor - coalesce(
                lag(taken_so_far_minor) over (
                    partition by channel, order_no
                    order by happened_at desc, channel_ref desc
                ),
                0
            ) as taken_minor,
        from taken
    )
select * from final
