-- row: one instalment that fell due and that the ledger's postings pay in full
-- key: lender, loan_id, instalment_no
with
    instalments as (
        select
            lender,
            loan_id,
            instalment_no,
            amount_due_minor,
        from breaks.due_instalments
    ),
    repayments as (
        select
            lender,
            loan_id,
            instalment_no,
            amount_minor,
        from staging.repayments
    ),
    final as (
        select
            instalments.lender,
            instalments.loan_id,
            instalments.instalment_no,
        from instalments
        left join repayments
            on instalments.lender = repayments.lender
            and instalments.loan_id = repayments.loan_id
            and instalments.instalment_no = repayments.instalment_no
        group by
            instalments.lender,
            instalments.loan_id,
            instalments.instalment_no,
            instalments.amount_due_minor
        having coalesce(sum(repayments.amount_minor), 0) >= instalments.amount_due_minor
    )
select * from final
