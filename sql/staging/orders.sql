-- row: one debit order, what a lender asked a channel to collect, that is not put away
-- key: lender, channel, order_no
with
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
    orders as (
        select
            entry_id,
            lender,
            channel,
            order_no,
            loan_id,
            instalment_no,
            purpose,
            bank_code,
            card_type,
            card_no,
            amount_minor,
            requested_at,
            status,
            response_code,
        from staging.latest_orders
    ),
    put_away as (
        select entry_id
        from staging.quiet_orders
    ),
    final as (
        select
            orders.lender,
            orders.channel,
            orders.order_no,
            orders.loan_id,
            orders.instalment_no,
            orders.purpose,
            orders.bank_code,
            orders.card_type,
            orders.card_no,
            orders.amount_minor,
            orders.requested_at,
            orders.status,
            orders.response_code,
            instalments.entry_id as instalment_entry,
            instalments.due_date as instalment_due_date,
            instalments.amount_due_minor,
            orders.entry_id,
        from orders
        anti join put_away on orders.entry_id = put_away.entry_id
        left join instalments
            on orders.lender = instalments.lender
            and orders.loan_id = instalments.loan_id
            and orders.instalment_no = instalments.instalment_no
    )
select * from final
