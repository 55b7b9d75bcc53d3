-- row: one debit order that is a piece of a split, and the order that stands for the split
-- key: lender, channel, order_no
with
    orders as (
        select
            lender,
            channel,
            order_no,
            loan_id,
            instalment_no,
            amount_minor,
            requested_at,
        from staging.orders
        where purpose = 'instalment'
    ),
    instalments as (
        select
            lender,
            loan_id,
            instalment_no,
            amount_due_minor,
        from staging.instalments
    ),
    final as (
        select
            orders.lender,
            orders.channel,
            orders.order_no,
            min(orders.order_no) over same_split as group_order_no,
        from orders
        inner join instalments
            on orders.lender = instalments.lender
            and orders.loan_id = instalments.loan_id
            and orders.instalment_no = instalments.instalment_no
            and orders.amount_minor < instalments.amount_due_minor
        window same_split as (
            partition by
                orders.lender,
                orders.loan_id,
                orders.instalment_no,
                orders.channel,
                cast(orders.requested_at as date)
        )
        qualify count(*) over same_split > 1
    )
select * from final
