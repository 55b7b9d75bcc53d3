-- row: one order_no whose debit was taken back in full
-- key: channel, order_no
with
    debits as (
        select
            channel,
            order_no,
            net_minor,
            refunded_at,
            posting_due_at - happened_at as posting_window,
        from staging.debits
        where net_minor = 0 and order_no is not null and refunded_at is not null
    ),
    final as (
        select
            channel,
            order_no,
            max(refunded_at) as refunded_at,
            max(refunded_at + posting_window) as reversal_due_at,
        from debits
        group by
            channel,
            order_no
    )
select * from final
