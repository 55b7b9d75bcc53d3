-- row: one instalment of an open loan that fell due and is not paid
-- key: entry_id
with
    instalments as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            due_date,
            amount_due_minor,
        from breaks.due_instalments
        where is_due and not is_closed
    ),
    paid as (
        select
            lender,
            loan_id,
            instalment_no,
        from breaks.paid_instalments
    ),
    final as (
        select
            instalments.entry_id,
            instalments.lender,
            instalments.loan_id,
            instalments.instalment_no,
            instalments.due_date,
            instalments.amount_due_minor,
        from instalments
        anti join paid
            on instalments.lender = paid.lender
            and instalments.loan_id = paid.loan_id
            and instalments.instalment_no = paid.instalment_no
    )
select * from final
