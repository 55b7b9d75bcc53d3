-- row: one line of the ledger that concerns the loan or an order of the asked break
-- key: entry_id
with
    subject as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
        from explain.subject
        where kind <> 'settlement'
    ),
    concerned_orders as (
        select
            lender,
            channel,
            order_no,
        from explain.concerned_orders
    ),
    final as (
        select evidence.source_id as entry_id
        from breaks.evidence as evidence
        semi join subject on evidence.entry_id = subject.entry_id
        union
        select orders.entry_id
        from staging.orders as orders
        semi join concerned_orders
            on orders.lender = concerned_orders.lender
            and orders.channel = concerned_orders.channel
            and orders.order_no = concerned_orders.order_no
        union
        select loans.entry_id
        from staging.loans as loans
        semi join subject
            on loans.lender = subject.lender and loans.loan_id = subject.loan_id
        union
        select instalments.entry_id
        from staging.instalments as instalments
        semi join subject
            on instalments.lender = subject.lender
            and instalments.loan_id = subject.loan_id
            and instalments.instalment_no = subject.instalment_no
        union
        select postings.entry_id
        from staging.postings as postings
        semi join subject
            on postings.lender = subject.lender
            and postings.loan_id = subject.loan_id
            and postings.instalment_no = subject.instalment_no
        union
        select postings.entry_id
        from staging.postings as postings
        semi join concerned_orders
            on postings.lender = concerned_orders.lender
            and postings.order_no = concerned_orders.order_no
    )
select * from final
