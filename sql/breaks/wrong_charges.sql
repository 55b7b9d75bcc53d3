-- row: one instalment genuinely late whose charges are not those of the rule today
-- key: entry_id
with
    business_day as (
        select business_date
        from reference.business_day
    ),
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
        from breaks.genuinely_late
    ),
    charges as (
        select
            lender,
            loan_id,
            instalment_no,
            cast(sum(amount_minor) as bigint) as charged_minor,
        from breaks.late_charges
        group by
            lender,
            loan_id,
            instalment_no
    ),
    by_rule as (
        select
            late.entry_id,
            coalesce(charges.charged_minor, 0) as charged_minor,
            late.covered_on is null as goes_on,
            business_day.business_date - 1 > late.last_day_in_time
                as was_late_yesterday,
            late.late_interest_rate_per_day * late.amount_due_minor as day_minor,
            coalesce(late.covered_on, business_day.business_date) - late.due_date
                as days_late,
            late.failed_debit_fee_minor,
        from late
        cross join business_day
        left join charges
            on late.lender = charges.lender
            and late.loan_id = charges.loan_id
            and late.instalment_no = charges.instalment_no
    ),
    sums as (
        select
            entry_id,
            charged_minor,
            cast(round(day_minor * days_late + failed_debit_fee_minor, 0) as bigint)
                as right_minor,
            -- while it goes on, the sum of the day before is right as well
            case
                when goes_on and was_late_yesterday
                    then cast(
                        round(day_minor * (days_late - 1) + failed_debit_fee_minor, 0)
                        as bigint
                    )
                when goes_on then 0
            end as right_yesterday_minor,
        from by_rule
    ),
    final as (
        select
            entry_id,
            charged_minor,
            right_minor,
        from sums
        where
            charged_minor <> right_minor
            and charged_minor is distinct from right_yesterday_minor
    )
select * from final
