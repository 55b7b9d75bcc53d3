-- row: one instalment of an open loan, late by the borrower's own doing, with its rule
-- key: entry_id
with
    late as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            due_date,
            last_day_in_time,
            amount_due_minor,
            late_interest_rate_per_day,
            failed_debit_fee_minor,
            covered_on,
        from breaks.late_instalments
        where not is_closed and has_rule
    ),
    explained as (
        select instalment_id
        from breaks.explanations
        group by instalment_id
    ),
    final as (
        select
            late.entry_id,
            late.lender,
            late.loan_id,
            late.instalment_no,
            late.due_date,
            late.last_day_in_time,
            late.amount_due_minor,
            late.late_interest_rate_per_day,
            late.failed_debit_fee_minor,
            late.covered_on,
        from late
        anti join explained on late.entry_id = explained.instalment_id
    )
select * from final
