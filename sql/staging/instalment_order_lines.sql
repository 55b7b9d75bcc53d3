-- row: one debit order that names an instalment, once for each line under its number,
--   and whether the line did what the order asked for
-- key: entry_id, debit_entry?
-- kept: while read
with
    orders as (
        select
            entry_id,
            lender,
            channel,
            order_no,
            loan_id,
            instalment_no,
            amount_minor,
            requested_on,
            instalment_entry,
            due_date,
            agrees,
        from staging.instalment_orders
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
    lines as (
        select
            lines.entry_id,
            lines.channel,
            lines.order_no,
            lines.kind,
            lines.outcome,
            lines.amount_minor,
            cast(lines.happened_at as date) as happened_on,
            greatest(lines.happened_at + windows.local_window, windows.ends_from)
                as posting_due_at,
            lines.settle_date,
            lines.file_date,
            windows.valid_from,
            windows.valid_to,
        from staging.latest_lines as lines
        left join windows
            on lines.channel = windows.channel
            and windows.valid_from <= cast(lines.happened_at as date)
            and cast(lines.happened_at as date) < windows.valid_to
            and windows.starts_from <= lines.happened_at
            and lines.happened_at < windows.starts_until
    ),
    final as (
        select
            orders.entry_id,
            orders.lender,
            orders.channel,
            orders.order_no,
            orders.loan_id,
            orders.instalment_no,
            orders.amount_minor,
            orders.instalment_entry,
            lines.entry_id as debit_entry,
            lines.happened_on,
            lines.posting_due_at,
            lines.settle_date,
            lines.valid_from,
            lines.valid_to,
            orders.agrees
                and lines.kind = 'debit'
                and lines.outcome = 'succeeded'
                and lines.settle_date = lines.file_date
                and lines.amount_minor = orders.amount_minor
                and lines.happened_on <= orders.due_date
                and lines.valid_from <= orders.requested_on
                and orders.requested_on < lines.valid_to
                as agrees,
        from orders
        left join lines
            on orders.channel = lines.channel and orders.order_no = lines.order_no
    )
select * from final
