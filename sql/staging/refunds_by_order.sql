-- row: one debit and days on end on which the same was known of its order's refunds,
--   and what those that name no debit of ours take off it
-- key: channel, channel_ref, from_day
-- What no debit before a refund could bear goes to the others of its order, the
-- earliest first: channels that stamp days only can put a refund before its debit.
with
    first_taken as (
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
            taken_minor,
        from staging.refunds_backwards
    ),
    still_left as (
        select
            *,
            unnamed_minor - sum(taken_minor) over (
                partition by channel, order_no, day
            ) as untaken_minor,
            sum(left_minor - taken_minor) over (
                partition by channel, order_no, day
                order by happened_at, channel_ref
                rows between unbounded preceding and current row
            ) as bearable_minor,
        from first_taken
    ),
    final as (
        select
            channel,
            channel_ref,
            day as from_day,
            lead(day) over (partition by channel, channel_ref order by day)
                as until_day,
            cast(
                taken_minor + greatest(
                    least(untaken_minor, bearable_minor)
                    - (bearable_minor - (left_minor - taken_minor)),
                    0
                ) as bigint
            ) as refunded_minor,
            coalesce(last_refund_at, any_refund_at) as last_refund_at,
        from still_left
    )
select * from final
