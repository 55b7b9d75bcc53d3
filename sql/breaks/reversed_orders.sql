-- row: one order_no whose debits were given back, and until when to post the reversal
-- key: channel, order_no
with
    orders as (
        select
            channel,
            order_no,
            last_debit_at,
            refunded_at,
            told_on,
        from breaks.emptied_orders
    ),
    windows as (
        select
            channel,
            valid_from,
            valid_to,
            starts_from,
            starts_until,
            local_window,
            ends_from,
        from reference.posting_windows
    ),
    final as (
        select
            orders.channel,
            orders.order_no,
            orders.refunded_at,
            orders.told_on,
            greatest(
                orders.refunded_at + windows.local_window,
                windows.ends_from
            ) as reversal_due_at,
        from orders
        inner join windows
            on orders.channel = windows.channel
            and windows.valid_from <= cast(orders.last_debit_at as date)
            and cast(orders.last_debit_at as date) < windows.valid_to
            and windows.starts_from <= orders.refunded_at
            and orders.refunded_at < windows.starts_until
    )
select * from final
