-- row: one instalment whose first debit order came after its due date
-- key: entry_id
-- rank: 22
-- family: collection
-- subject: instalment
-- zh: 扣款发起过晚
-- severity: high
-- means: The first debit was ordered on a day after the due date, the borrower not
--   having paid before.
-- remedy: Undo what the delay cost the borrower and order debits on the due date.
with
    instalments as (
        select
            entry_id,
            due_date,
            amount_due_minor,
        from breaks.due_instalments
        where not is_closed
    ),
    orders as (
        select
            instalment_entry,
            requested_at,
        from staging.orders
    ),
    repayments as (
        select
            instalment_entry,
            amount_minor,
            posted_at,
        from staging.repayments
    ),
    undone_repayments as (
        select
            instalment_entry,
            amount_minor,
            posted_at,
            undone_on,
        from breaks.undone_repayments
    ),
    late_orders as (
        select
            instalments.entry_id,
            instalments.amount_due_minor,
            min(orders.requested_at) as requested_at,
        from instalments
        inner join orders on instalments.entry_id = orders.instalment_entry
        group by
            instalments.entry_id,
            instalments.amount_due_minor,
            instalments.due_date
        having cast(min(orders.requested_at) as date) > instalments.due_date
    ),
    paid_before as (
        select
            late_orders.entry_id,
            coalesce(sum(repayments.amount_minor), 0) as paid_minor,
        from late_orders
        left join repayments
            on late_orders.entry_id = repayments.instalment_entry
            and repayments.posted_at < late_orders.requested_at
        group by late_orders.entry_id
    ),
    -- what was booked before and undone after the order, the last undone first
    undone_after as (
        select
            late_orders.entry_id,
            late_orders.amount_due_minor,
            undone.undone_on,
            sum(undone.amount_minor) over (
                partition by late_orders.entry_id
                order by undone.undone_on desc
            ) as undone_minor,
        from late_orders
        inner join undone_repayments as undone
            on late_orders.entry_id = undone.instalment_entry
            and undone.posted_at < late_orders.requested_at
    ),
    no_longer_paid as (
        select
            undone_after.entry_id,
            max(undone_after.undone_on) as undone_on,
        from undone_after
        inner join paid_before on undone_after.entry_id = paid_before.entry_id
        where
            paid_before.paid_minor + undone_after.undone_minor
            >= undone_after.amount_due_minor
        group by undone_after.entry_id
    ),
    final as (
        select
            late_orders.entry_id,
            'first_order_after_due_date' as cause,
            late_orders.amount_due_minor as ledger_amount_minor,
            cast(late_orders.requested_at as date) as event_on,
            greatest(
                cast(late_orders.requested_at as date), no_longer_paid.undone_on
            ) as true_since,
        from late_orders
        inner join paid_before on late_orders.entry_id = paid_before.entry_id
        left join no_longer_paid on late_orders.entry_id = no_longer_paid.entry_id
        where paid_before.paid_minor < late_orders.amount_due_minor
    )
select * from final
