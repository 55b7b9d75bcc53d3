-- row: one order_no that the asked break concerns
-- key: lender, channel, order_no
with
    subject as (
        select
            lender,
            channel,
            loan_id,
            instalment_no,
            order_no,
        from explain.subject
        where kind <> 'settlement'
    ),
    orders as (
        select
            lender,
            channel,
            order_no,
            loan_id,
            instalment_no,
        from staging.orders
    ),
    final as (
        select
            lender,
            channel,
            order_no,
        from subject
        where lender is not null and channel is not null and order_no is not null
        union
        select
            orders.lender,
            orders.channel,
            orders.order_no,
        from orders
        semi join subject
            on orders.lender = subject.lender
            and orders.loan_id = subject.loan_id
            and orders.instalment_no = subject.instalment_no
    )
select * from final
