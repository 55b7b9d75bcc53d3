-- row: one order of a late instalment that left no succeeded debit at the channel
-- key: entry_id
with
    instalments as (
        select entry_id
        from breaks.late_instalments
    ),
    orders as (
        select
            entry_id,
            channel,
            order_no,
            instalment_entry,
            requested_at,
        from staging.orders
    ),
    debits as (
        select
            channel,
            order_no,
        from staging.debits
        where net_minor > 0
    ),
    final as (
        select
            orders.entry_id,
            instalments.entry_id as instalment_id,
            orders.requested_at,
        from orders
        inner join instalments
            on orders.instalment_entry = instalments.entry_id
        anti join debits
            on orders.channel = debits.channel and orders.order_no = debits.order_no
    )
select * from final
