-- row: the asked instalment: what was due, what came in and when
-- key: entry_id
-- rank: 5
-- family: numbers
with
    subject as (
        select entry_id
        from explain.subject
        where kind = 'instalment'
    ),
    instalments as (
        select
            due.entry_id,
            due.lender,
            due.loan_id,
            due.instalment_no,
            due.due_date,
            due.last_day_in_time,
            due.amount_due_minor,
            due.is_closed,
        from breaks.due_instalments as due
        semi join subject on due.entry_id = subject.entry_id
    ),
    booked as (
        select
            instalments.entry_id,
            cast(sum(repayments.amount_minor) as bigint) as booked_minor,
        from instalments
        inner join staging.repayments as repayments
            on instalments.lender = repayments.lender
            and instalments.loan_id = repayments.loan_id
            and instalments.instalment_no = repayments.instalment_no
        group by instalments.entry_id
    ),
    counted as (
        select
            instalments.entry_id,
            cast(sum(money.amount_minor) as bigint) as counted_minor,
        from instalments
        inner join breaks.covering_money as money
            on instalments.entry_id = money.instalment_entry
        group by instalments.entry_id
    ),
    covered as (
        select
            instalment_entry,
            covered_on,
        from breaks.covered_instalments
    ),
    orders as (
        select
            instalments.entry_id,
            count(*) as order_count,
            cast(sum(orders.amount_minor) as bigint) as ordered_minor,
            min(orders.requested_at) as first_requested_at,
        from instalments
        inner join staging.orders as orders
            on instalments.lender = orders.lender
            and instalments.loan_id = orders.loan_id
            and instalments.instalment_no = orders.instalment_no
        group by instalments.entry_id
    ),
    final as (
        select
            instalments.entry_id,
            instalments.due_date,
            instalments.last_day_in_time,
            instalments.amount_due_minor,
            coalesce(booked.booked_minor, 0) as booked_minor,
            coalesce(counted.counted_minor, 0) as counted_towards_it_minor,
            covered.covered_on,
            coalesce(orders.order_count, 0) as debit_orders,
            orders.ordered_minor,
            orders.first_requested_at,
            instalments.is_closed as is_loan_closed,
        from instalments
        left join booked on instalments.entry_id = booked.entry_id
        left join counted on instalments.entry_id = counted.entry_id
        left join orders on instalments.entry_id = orders.entry_id
        left join covered on instalments.entry_id = covered.instalment_entry
    )
select * from final
