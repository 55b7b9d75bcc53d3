-- row: one order number of a channel that a gone break concerns, its own or its loan's
-- key: break_id, channel, order_no
-- kept: no
with
    gone as (
        select
            break_id,
            kind,
            lender,
            loan_id,
            instalment_no,
            channel,
            order_no,
        from reports.gone
    ),
    orders as (
        select
            lender,
            channel,
            order_no,
            loan_id,
            instalment_no,
        from staging.latest_orders
    ),
    together as (
        select
            break_id,
            lender,
            channel,
            order_no,
            kind <> 'instalment' as is_own,
        from gone
        where channel is not null and order_no is not null
        union all
        select
            gone.break_id,
            orders.lender,
            orders.channel,
            orders.order_no,
            gone.kind = 'instalment'
            and gone.instalment_no is not distinct from orders.instalment_no
                as is_own,
        from gone
        inner join orders
            on gone.lender = orders.lender and gone.loan_id = orders.loan_id
    ),
    final as (
        select
            break_id,
            channel,
            order_no,
            -- a debit of an order that no lender knows has none
            max(lender) as lender,
            bool_or(is_own) as is_own,
        from together
        group by
            break_id,
            channel,
            order_no
    )
select * from final
