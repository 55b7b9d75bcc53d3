-- row: one debit order about which no collection break may speak
-- key: entry_id
-- Its loan is closed, or the instalment it names is not due yet.
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    orders as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
        from staging.orders
    ),
    closed_loans as (
        select
            lender,
            loan_id,
        from staging.loans
        where status = 'closed'
    ),
    future_instalments as (
        select
            instalments.lender,
            instalments.loan_id,
            instalments.instalment_no,
        from staging.instalments as instalments
        inner join business_day on instalments.due_date > business_day.business_date
    ),
    final as (
        select orders.entry_id
        from orders
        semi join closed_loans
            on orders.lender = closed_loans.lender
            and orders.loan_id = closed_loans.loan_id
        union
        select orders.entry_id
        from orders
        semi join future_instalments
            on orders.lender = future_instalments.lender
            and orders.loan_id = future_instalments.loan_id
            and orders.instalment_no = future_instalments.instalment_no
    )
select * from final
