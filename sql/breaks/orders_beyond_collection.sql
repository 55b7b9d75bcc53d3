-- row: one debit order of a closed loan, about which no collection break may speak
-- key: entry_id
with
    orders as (
        select
            entry_id,
            lender,
            loan_id,
        from staging.orders
    ),
    closed_loans as (
        select
            lender,
            loan_id,
        from staging.loans
        where status = 'closed'
    ),
    final as (
        select orders.entry_id
        from orders
        semi join closed_loans
            on orders.lender = closed_loans.lender
            and orders.loan_id = closed_loans.loan_id
    )
select * from final
