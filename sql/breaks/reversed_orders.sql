-- row: one order_no whose debit was taken back in full
-- key: channel, order_no
with
    debits as (
        select
            channel,
            order_no,
            happened_at,
            refunded_at,
        from staging.debits
        where net_minor = 0 and order_no is not null and refunded_at is not null
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
            debits.channel,
            debits.order_no,
            max(debits.refunded_at) as refunded_at,
            max(
                greatest(
                    debits.refunded_at + windows.local_window,
                    windows.ends_from
                )
            ) as reversal_due_at,
        from debits
        inner join windows
            on debits.channel = windows.channel
            and windows.valid_from <= cast(debits.happened_at as date)
            and cast(debits.happened_at as date) < windows.valid_to
            and windows.starts_from <= debits.refunded_at
            and debits.refunded_at < windows.starts_until
        group by
            debits.channel,
            debits.order_no
    )
select * from final
