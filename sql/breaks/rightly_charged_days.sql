-- row: one instalment charged wrongly today, and the last day on which it was not
-- key: entry_id
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    late as (
        select
            genuinely_late.entry_id,
            genuinely_late.lender,
            genuinely_late.loan_id,
            genuinely_late.instalment_no,
            genuinely_late.due_date,
            genuinely_late.last_day_in_time,
            genuinely_late.late_interest_rate_per_day * genuinely_late.amount_due_minor
                as day_minor,
            genuinely_late.failed_debit_fee_minor,
            genuinely_late.covered_on,
        from breaks.genuinely_late as genuinely_late
        semi join breaks.wrong_charges as wrong_charges
            on genuinely_late.entry_id = wrong_charges.entry_id
    ),
    days as (
        select
            late.entry_id,
            late.due_date,
            late.last_day_in_time,
            late.day_minor,
            late.failed_debit_fee_minor,
            business_days.day,
            least(business_days.day, late.covered_on) - late.due_date as days_late,
            late.covered_on is null or business_days.day < late.covered_on as goes_on,
            coalesce(sum(charges.amount_minor), 0) as charged_minor,
        from late
        cross join business_day
        inner join reference.business_days as business_days
            on late.last_day_in_time < business_days.day
            and business_days.day < business_day.business_date
        left join breaks.late_charges as charges
            on late.lender = charges.lender
            and late.loan_id = charges.loan_id
            and late.instalment_no = charges.instalment_no
            and charges.charged_on <= business_days.day
        group by
            late.entry_id,
            late.due_date,
            late.last_day_in_time,
            late.day_minor,
            late.failed_debit_fee_minor,
            late.covered_on,
            business_days.day
    ),
    final as (
        select
            entry_id,
            max(day) as day,
        from days
        where
            charged_minor = round(day_minor * days_late + failed_debit_fee_minor, 0)
            or (
                goes_on
                and charged_minor = case
                    when day - 1 <= last_day_in_time then 0
                    else round(day_minor * (days_late - 1) + failed_debit_fee_minor, 0)
                end
            )
        group by entry_id
    )
select * from final
