-- row: one debit, on a day on which anything of its order was told, and what refunds of
--   that order after it take off it, naming no debit
-- key: channel, channel_ref, day
-- Such a refund goes to the debits of its order_no, the latest one before it first, and
-- what that one cannot bear to the one before. Taking the debits from the latest
-- backwards, the sum taken so far is the smaller of two: all debits so far, or some
-- refunds after a later debit plus every debit from there; hence the running minimum.
with
    debits as (
        select
            channel,
            channel_ref,
            order_no,
            day,
            happened_at,
            left_minor,
        from staging.refundable_debits
    ),
    unnamed as (
        select
            channel,
            order_no,
            amount_minor,
            happened_at,
            from_day,
            until_day,
        from staging.unnamed_refunds
    ),
    days as (
        select
            channel,
            order_no,
            day,
        from debits
        group by
            channel,
            order_no,
            day
    ),
    together as (
        select
            channel,
            channel_ref,
            order_no,
            day,
            happened_at,
            left_minor,
        from debits
        union all by name
        select
            days.channel,
            days.order_no,
            days.day,
            unnamed.happened_at,
            unnamed.happened_at as refunded_at,
            unnamed.amount_minor as refund_minor,
        from days
        inner join unnamed
            on days.channel = unnamed.channel
            and days.order_no = unnamed.order_no
            and unnamed.from_day <= days.day
            and days.day < coalesce(unnamed.until_day, days.day + 1)
    ),
    refunded as (
        select
            *,
            coalesce(sum(refund_minor) over order_day, 0) as unnamed_minor,
            max(refunded_at) over order_day as any_refund_at,
            -- a refund of the debit's own instant as well
            coalesce(sum(refund_minor) over from_then_on, 0) as after_minor,
            max(refunded_at) over from_then_on as last_refund_at,
        from together
        window
            order_day as (partition by channel, order_no, day),
            from_then_on as (
                partition by channel, order_no, day
                order by happened_at desc
            )
    ),
    backwards as (
        select
            *,
            sum(left_minor) over (
                partition by channel, order_no, day
                order by happened_at desc, channel_ref desc
                rows between unbounded preceding and current row
            ) as so_far_minor,
        from refunded
        where channel_ref is not null
    ),
    taken as (
        select
            *,
            so_far_minor + least(
                0,
                min(after_minor - so_far_minor) over (
                    partition by channel, order_no, day
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
            day,
            happened_at,
            last_refund_at,
            any_refund_at,
            unnamed_minor,
            left_minor,
            taken_so_far_minor - coalesce(
                lag(taken_so_far_minor) over (
                    partition by channel, order_no, day
                    order by happened_at desc, channel_ref desc
                ),
                0
            ) as taken_minor,
        from taken
    )
select * from final
