-- row: one instalment that was not covered by the end of its last day in time
-- key: entry_id
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    instalments as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            due_date,
            amount_due_minor,
            is_closed,
            has_rule,
            late_interest_rate_per_day,
            failed_debit_fee_minor,
            last_day_in_time,
        from breaks.due_instalments
    ),
    covered as (
        select
            instalment_entry,
            covered_on,
        from breaks.covered_instalments
    ),
    final as (
        select
            instalments.entry_id,
            instalments.lender,
            instalments.loan_id,
            instalments.instalment_no,
            instalments.due_date,
            instalments.last_day_in_time,
            instalments.amount_due_minor,
            instalments.is_closed,
            instalments.has_rule,
            instalments.late_interest_rate_per_day,
            instalments.failed_debit_fee_minor,
            covered.covered_on,
        from instalments
        inner join business_day
            on instalments.last_day_in_time < business_day.business_date
        left join covered
            on instalments.entry_id = covered.instalment_entry
        where
            covered.covered_on is null
            or covered.covered_on > instalments.last_day_in_time
    )
select * from final
