-- row: one debit order requested while its channel was down
-- key: entry_id
with
    orders as (
        select
            entry_id,
            channel,
            requested_at,
        from staging.orders
    ),
    outages as (
        select
            channel,
            starts_at,
            ends_at,
        from reference.channel_outages
    ),
    final as (
        select
            orders.entry_id,
            min(outages.starts_at) as starts_at,
        from orders
        inner join outages
            on orders.channel = outages.channel
            and outages.starts_at <= orders.requested_at
            and orders.requested_at < outages.ends_at
        group by orders.entry_id
    )
select * from final
