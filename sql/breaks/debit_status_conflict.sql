-- row: one debit order whose outcome the lender and the channel tell differently
-- key: entry_id
-- rank: 24
-- family: collection
-- subject: order
-- zh: 状态矛盾
-- severity: high
-- means: One side says the debit succeeded, the other that it failed.
-- remedy: Take the channel's outcome over into the ledger and tell the borrower.
with
    orders as (
        select
            entry_id,
            channel,
            order_no,
            requested_at,
        from staging.orders
        where status = 'failed'
    ),
    beyond_collection as (
        select entry_id
        from breaks.orders_beyond_collection
    ),
    debits as (
        select
            channel,
            order_no,
            net_minor,
        from staging.debits
    ),
    taken_spans as (
        select
            channel,
            order_no,
            from_day,
        from breaks.taken_spans
        where until_day is null
    ),
    contradicted as (
        select
            entry_id,
            amount_minor,
            from_day,
        from breaks.contradicted_orders
        where until_day is null
    ),
    live as (
        select
            orders.entry_id,
            orders.channel,
            orders.order_no,
            orders.requested_at,
            cast(sum(debits.net_minor) as bigint) as net_minor,
        from orders
        inner join debits
            on orders.channel = debits.channel and orders.order_no = debits.order_no
        group by
            orders.entry_id,
            orders.channel,
            orders.order_no,
            orders.requested_at
    ),
    taken as (
        select
            live.entry_id,
            'lender_failed_channel_succeeded' as cause,
            0 as ledger_amount_minor,
            live.net_minor as channel_amount_minor,
            greatest(cast(live.requested_at as date), taken_spans.from_day)
                as true_since,
        from live
        inner join taken_spans
            on live.channel = taken_spans.channel
            and live.order_no = taken_spans.order_no
    ),
    not_taken as (
        select
            entry_id,
            'lender_succeeded_channel_failed' as cause,
            amount_minor as ledger_amount_minor,
            0 as channel_amount_minor,
            from_day as true_since,
        from contradicted
    ),
    conflicts as (
        select * from taken
        union all
        select * from not_taken
    ),
    final as (
        select
            conflicts.entry_id,
            conflicts.cause,
            conflicts.ledger_amount_minor,
            conflicts.channel_amount_minor,
            conflicts.true_since,
        from conflicts
        anti join beyond_collection on conflicts.entry_id = beyond_collection.entry_id
    )
select * from final
