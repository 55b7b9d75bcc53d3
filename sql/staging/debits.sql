-- row: one debit that succeeded at the channel, with what later events left of it
-- key: entry_id
with
    lines as (
        select
            channel,
            channel_ref,
            order_no,
            kind,
            card_no,
            bank_code,
            outcome,
            response_code,
            amount_minor,
            happened_at,
            settle_date,
            known_on,
            entry_id,
        from staging.settlement_lines
    ),
    orders as (
        select
            entry_id,
            lender,
            channel,
            order_no,
            loan_id,
            instalment_no,
            instalment_entry,
            card_no,
            bank_code,
        from staging.orders
        anti join staging.shared_order_nos as shared
            on orders.channel = shared.channel and orders.order_no = shared.order_no
    ),
    windows as (
        select
            channel,
            valid_from,
            valid_to,
            starts_from,
            starts_until,
            posting_window,
            local_window,
            ends_from,
        from reference.posting_windows
    ),
    taken_off as (
        select
            channel,
            debit_ref as channel_ref,
            amount_minor as refunded_minor,
            happened_at as refunded_at,
        from staging.refunds
        union all
        select
            channel,
            channel_ref,
            refunded_minor,
            last_refund_at as refunded_at,
        from staging.refunds_by_order
        where until_day is null and refunded_minor > 0
    ),
    refunded as (
        select
            channel,
            channel_ref,
            sum(refunded_minor) as refunded_minor,
            max(refunded_at) as refunded_at,
        from taken_off
        group by
            channel,
            channel_ref
    ),
    final as (
        select
            lines.channel,
            lines.channel_ref,
            lines.order_no,
            orders.lender,
            orders.loan_id,
            orders.instalment_no,
            orders.entry_id as order_entry,
            orders.instalment_entry,
            lines.card_no,
            orders.card_no as order_card_no,
            coalesce(lines.bank_code, orders.bank_code) as bank_code,
            lines.response_code,
            lines.amount_minor,
            -- what was given back may be more than the debit, and than a bigint holds
            cast(
                greatest(lines.amount_minor - coalesce(refunded.refunded_minor, 0), 0)
                as bigint
            ) as net_minor,
            refunded.refunded_at,
            lines.happened_at,
            windows.posting_window,
            greatest(lines.happened_at + windows.local_window, windows.ends_from)
                as posting_due_at,
            lines.settle_date,
            lines.known_on,
            lines.entry_id,
        from lines
        left join orders
            on lines.channel = orders.channel and lines.order_no = orders.order_no
        left join windows
            on lines.channel = windows.channel
            and windows.valid_from <= cast(lines.happened_at as date)
            and cast(lines.happened_at as date) < windows.valid_to
            and windows.starts_from <= lines.happened_at
            and lines.happened_at < windows.starts_until
        left join refunded
            on lines.channel = refunded.channel
            and lines.channel_ref = refunded.channel_ref
        where lines.kind = 'debit' and lines.outcome = 'succeeded'
    )
select * from final
