-- row: one instalment that is late by the borrower's own doing and charged wrongly
-- key: entry_id
-- rank: 42
-- family: consequence
-- subject: instalment
-- zh: 罚费不符
-- severity: medium
-- means: The charges in force are not what the agreed rule gives for this lateness.
-- remedy: Correct the charges to the rule.
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
        from breaks.late_instalments
        where not is_closed and has_rule
    ),
    explained as (
        select instalment_id
        from breaks.explanations
        group by instalment_id
    ),
    charges as (
        select
            lender,
            loan_id,
            instalment_no,
            late_charged_minor,
            last_charged_on,
        from breaks.charges_in_force
    ),
    lateness as (
        select
            late.*,
            coalesce(late.covered_on, business_day.business_date) - late.due_date
                as days_late,
            business_day.business_date,
            coalesce(charges.late_charged_minor, 0) as charged_minor,
            charges.last_charged_on,
        from late
        cross join business_day
        anti join explained on late.entry_id = explained.instalment_id
        left join charges
            on late.lender = charges.lender
            and late.loan_id = charges.loan_id
            and late.instalment_no = charges.instalment_no
    ),
    by_rule as (
        select
            *,
            cast(
                round(
                    cast(amount_due_minor * days_late as decimal(18, 0))
                    * late_interest_rate_per_day + failed_debit_fee_minor,
                    0
                ) as bigint
            ) as right_minor,
            -- yesterday's sum, right as well while the lateness goes on
            case
                when covered_on is not null then null
                when business_date - 1 <= last_day_in_time then 0
                else cast(
                    round(
                        cast(amount_due_minor * (days_late - 1) as decimal(18, 0))
                        * late_interest_rate_per_day + failed_debit_fee_minor,
                        0
                    ) as bigint
                )
            end as right_yesterday_minor,
        from lateness
    ),
    final as (
        select
            entry_id,
            case
                when charged_minor > right_minor then 'charged_too_much'
                else 'charged_too_little'
            end as cause,
            charged_minor as ledger_amount_minor,
            right_minor as channel_amount_minor,
            greatest(charged_minor - right_minor, 0) as refund_minor,
            greatest(
                last_day_in_time + 1,
                coalesce(last_charged_on, last_day_in_time + 1)
            ) as true_since,
        from by_rule
        where
            charged_minor <> right_minor
            and charged_minor is distinct from right_yesterday_minor
    )
select * from final
