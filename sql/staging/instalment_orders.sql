-- row: one debit order that names an instalment, and whether it asks for just that
-- key: entry_id
-- An order whose number two lenders used is left out: no line can name it.
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
    final as (
        select
            orders.entry_id,
            orders.lender,
            orders.channel,
            orders.order_no,
            orders.loan_id,
            orders.instalment_no,
            orders.amount_minor,
            cast(orders.requested_at as date) as requested_on,
            instalments.entry_id as instalment_entry,
            instalments.due_date,
            orders.status = 'succeeded'
                and orders.purpose = 'instalment'
                and orders.amount_minor > 0
                and instalments.amount_due_minor = orders.amount_minor
                and cast(orders.requested_at as date) <= instalments.due_date
                as agrees,
        from orders
        inner join instalments
            on orders.lender = instalments.lender
            and orders.loan_id = instalments.loan_id
            and orders.instalment_no = instalments.instalment_no
        anti join staging.shared_order_nos as shared
            on orders.channel = shared.channel and orders.order_no = shared.order_no
    )
select * from final
