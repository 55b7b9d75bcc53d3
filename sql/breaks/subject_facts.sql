-- row: one entry that a report names, with its borrower, bank, due date and sources
-- key: entry_id
with
    subjects as (
        select
            entry_id,
            subject,
            lender,
            channel,
            bank_code,
            loan_id,
            instalment_no,
            order_no,
            channel_ref,
            posting_id,
            ledger_amount_minor,
            channel_amount_minor,
            happened_at,
        from breaks.entry_subjects
    ),
    entry_orders as (
        select
            entry_id,
            order_no,
            channel_ref,
        from breaks.entry_orders
        where place = 1
    ),
    loans as (
        select
            lender,
            loan_id,
            borrower_ref,
            bank_code,
        from staging.loans
    ),
    instalments as (
        select
            lender,
            loan_id,
            instalment_no,
            due_date,
        from staging.instalments
    ),
    sources as (
        select
            entry_id,
            sources,
        from breaks.entry_sources
    ),
    final as (
        select
            subjects.entry_id,
            subjects.subject,
            subjects.lender,
            subjects.channel,
            coalesce(subjects.bank_code, loans.bank_code) as bank_code,
            loans.borrower_ref,
            subjects.loan_id,
            subjects.instalment_no,
            coalesce(subjects.order_no, entry_orders.order_no) as order_no,
            coalesce(subjects.channel_ref, entry_orders.channel_ref) as channel_ref,
            subjects.posting_id,
            subjects.ledger_amount_minor,
            subjects.channel_amount_minor,
            subjects.happened_at,
            instalments.due_date,
            sources.sources,
        from subjects
        left join entry_orders on subjects.entry_id = entry_orders.entry_id
        left join loans
            on subjects.lender = loans.lender and subjects.loan_id = loans.loan_id
        left join instalments
            on subjects.lender = instalments.lender
            and subjects.loan_id = instalments.loan_id
            and subjects.instalment_no = instalments.instalment_no
        left join sources on subjects.entry_id = sources.entry_id
    )
select * from final
