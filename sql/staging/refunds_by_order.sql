-- row: one debit, and what refunds that name no debit of ours take off it
-- key: channel, channel_ref
-- What no debit before a refund could bear goes to the others of its order, the
-- earliest first: channels that stamp days only can put a refund before its debit.
with
    unnamed as (
        select
            channel,
            order_no,
            amount_minor,
            happened_at,
        from staging.refunds
        where debit_ref is null and order_no is not null
    ),
    first_taken as (
        select
            channel,
            channel_ref,
            order_no,
            happened_at,
            last_refund_at,
            left_minor,
            taken_minor,
        from staging.refunds_backwards
    ),
    order_sums as (
        select
            channel,
            order_no,
            sum(amount_minor) as unnamed_minor,
            max(happened_at) as last_refund_at,
        from unnamed
        group by
            channel,
            order_no
    ),
    still_left as (
        select
            first_taken.*,
            order_sums.last_refund_at as any_refund_at,
            order_sums.unnamed_minor - sum(first_taken.taken_minor) over (
                partition by first_taken.channel, first_taken.order_no
            ) as untaken_minor,
            sum(first_taken.left_minor - first_taken.taken_minor) over (
                partition by first_taken.channel, first_taken.order_no
                order by first_taken.happened_at, first_taken.channel_ref
                rows between unbounded preceding and current row
            ) as bearable_minor,
        from first_taken
        inner join order_sums
            on first_taken.channel = order_sums.channel
            and first_taken.order_no = order_sums.order_no
    ),
    final as (
        select
            channel,
            channel_ref,
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
