-- row: one debit order that was taken, posted and in time, with all that agrees with it
-- key: entry_id
-- Put away: no rule of matching or breaks can find anything in it but a pair by
-- order_no, and almost all orders are such. A second record of any of its numbers, one
-- that speaks of its entries, or any difference takes it out again, the next run.
with
    orders as (
        select
            entry_id,
            lender,
            channel,
            order_no,
            loan_id,
            instalment_no,
            purpose,
            amount_minor,
            requested_at,
            status,
        from staging.latest_orders
    ),
    postings as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            order_no,
            channel,
            amount_minor,
            posted_at,
            value_date,
            kind,
        from staging.latest_postings
        where order_no is not null
    ),
    instalments as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            due_date,
            amount_due_minor,
        from staging.instalments
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
            lines.happened_at,
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
        where lines.order_no is not null
    ),
    touched as (
        select entry_id
        from staging.touched_entries
    ),
    -- every order once for each line and each posting under its number, whosever it is
    together as (
        select
            orders.entry_id,
            lines.entry_id as debit_entry,
            postings.entry_id as posting_entry,
            instalments.entry_id as instalment_entry,
            orders.amount_minor,
            greatest(lines.settle_date, cast(postings.posted_at as date))
                as matched_on,
            orders.status = 'succeeded'
                and orders.purpose = 'instalment'
                and orders.amount_minor > 0
                and lines.kind = 'debit'
                and lines.outcome = 'succeeded'
                and lines.settle_date = lines.file_date
                and lines.amount_minor = orders.amount_minor
                and instalments.amount_due_minor = orders.amount_minor
                and postings.amount_minor = orders.amount_minor
                and postings.kind = 'repayment'
                and postings.lender = orders.lender
                and postings.channel = orders.channel
                and postings.loan_id = orders.loan_id
                and postings.instalment_no = orders.instalment_no
                and cast(orders.requested_at as date) <= instalments.due_date
                and cast(lines.happened_at as date) <= instalments.due_date
                and postings.value_date <= cast(lines.happened_at as date)
                and postings.posted_at <= lines.posting_due_at
                and lines.valid_from <= cast(orders.requested_at as date)
                and cast(orders.requested_at as date) < lines.valid_to
                and lines.valid_from <= cast(postings.posted_at as date)
                and cast(postings.posted_at as date) < lines.valid_to
                as agrees,
        from orders
        inner join instalments
            on orders.lender = instalments.lender
            and orders.loan_id = instalments.loan_id
            and orders.instalment_no = instalments.instalment_no
        left join lines
            on orders.channel = lines.channel and orders.order_no = lines.order_no
        left join postings on orders.order_no = postings.order_no
        anti join staging.shared_order_nos as shared
            on orders.channel = shared.channel and orders.order_no = shared.order_no
    ),
    alone as (
        select
            any_value(entry_id) as entry_id,
            any_value(debit_entry) as debit_entry,
            any_value(posting_entry) as posting_entry,
            instalment_entry,
            any_value(amount_minor) as amount_minor,
            any_value(matched_on) as matched_on,
        from together
        group by instalment_entry
        having count(*) = 1 and bool_and(agrees)
    ),
    final as (
        select
            alone.entry_id,
            alone.debit_entry,
            alone.posting_entry,
            alone.instalment_entry,
            alone.amount_minor,
            alone.matched_on,
        from alone
        anti join touched on alone.entry_id = touched.entry_id
        anti join touched as debits on alone.debit_entry = debits.entry_id
        anti join touched as postings on alone.posting_entry = postings.entry_id
        anti join touched as instalments
            on alone.instalment_entry = instalments.entry_id
    )
select * from final
