-- row: one instalment whose first debit order came after its due date
-- key: entry_id
-- rank: 22
-- family: collection
-- subject: instalment
-- zh: 扣款发起过晚
-- severity: high
-- means: The first debit was ordered on a day after the due date, the borrower not
--   having
--   paid before.
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
        select late_orders.entry_id
        from late_orders
        left join repayments
            on late_orders.entry_id = repayments.instalment_entry
            and repayments.posted_at < late_orders.requested_at
        group by
            late_orders.entry_id,
            late_orders.amount_due_minor
        having
            coalesce(sum(repayments.amount_minor), 0) >= late_orders.amount_due_minor
    ),
    final as (
        select
            late_orders.entry_id,
            'first_order_after_due_date' as cause,
            late_orders.amount_due_minor as ledger_amount_minor,
            cast(late_orders.requested_at as date) as event_on,
            cast(late_orders.requested_at as date) as true_since,
        from late_orders
        anti join paid_before on late_orders.entry_id = paid_before.entry_id
    )
select * from final
