-- row: one debit order that the lender says succeeded and the channel said failed, and
--   the days on which it said nothing else
-- key: entry_id
with
    orders as (
        select
            entry_id,
            channel,
            order_no,
            amount_minor,
            cast(requested_at as date) as requested_on,
        from staging.orders
        where status = 'succeeded'
    ),
    outcomes as (
        select
            channel,
            order_no,
            failed_since,
            succeeded_since,
        from breaks.order_outcomes
        where failed_since is not null
    ),
    spans as (
        select
            orders.entry_id,
            orders.amount_minor,
            greatest(orders.requested_on, outcomes.failed_since) as from_day,
            outcomes.succeeded_since as until_day,
        from orders
        inner join outcomes
            on orders.channel = outcomes.channel
            and orders.order_no = outcomes.order_no
    ),
    final as (
        select
            entry_id,
            amount_minor,
            from_day,
            until_day,
        from spans
        where until_day is null or from_day < until_day
    )
select * from final
