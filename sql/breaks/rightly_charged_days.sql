-- row: one instalment charged wrongly today, and the last day on which it was not
-- key: entry_id
-- On days on which it was not late, or explained, no charge was held against the rule.
-- While charges stand still, the sum by rule grows until it passes them. So the last
-- day on which they are right is the last before that, by the sum of that day or of the
-- day before, or the end of the stretch; no day between is asked.
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    late as (
        select
            genuinely_late.entry_id,
            genuinely_late.due_date,
            genuinely_late.last_day_in_time,
            genuinely_late.amount_due_minor,
            genuinely_late.late_interest_rate_per_day,
            genuinely_late.failed_debit_fee_minor,
        from breaks.genuinely_late as genuinely_late
        semi join breaks.wrong_charges as wrong_charges
            on genuinely_late.entry_id = wrong_charges.entry_id
    ),
    spans as (
        select
            stretches.entry_id,
            stretches.from_day,
            coalesce(stretches.until_day, business_day.business_date) - 1 as to_day,
            stretches.covered_on,
            stretches.is_in_time or stretches.is_explained as is_not_judged,
            stretches.charged_minor,
        from breaks.late_stretches as stretches
        cross join business_day
        where stretches.is_over and stretches.from_day < business_day.business_date
    ),
    counted as materialized (
        select
            spans.entry_id,
            spans.charged_minor,
            late.due_date,
            late.last_day_in_time,
            late.late_interest_rate_per_day * late.amount_due_minor as day_minor,
            late.failed_debit_fee_minor,
            spans.covered_on,
            spans.is_not_judged,
            spans.from_day - late.due_date as fewest_days,
            spans.to_day - late.due_date as most_days,
            -- the most days whose sum, rounded half up, is not above what is charged;
            -- a rate has ten decimals, so whole numbers tell
            coalesce(
                (
                    (2 * (spans.charged_minor - late.failed_debit_fee_minor) + 1)
                        * cast(5000000000 as hugeint)
                    - 1
                ) // nullif(
                    cast(late.late_interest_rate_per_day * 10000000000 as hugeint)
                        * late.amount_due_minor,
                    0
                ),
                0
            ) as days_charged,
        from spans
        inner join late on spans.entry_id = late.entry_id
    ),
    asked as (
        select
            entry_id,
            due_date,
            last_day_in_time,
            day_minor,
            failed_debit_fee_minor,
            covered_on,
            is_not_judged,
            charged_minor,
            unnest([
                most_days,
                greatest(fewest_days, least(most_days, days_charged)),
                greatest(fewest_days, least(most_days, days_charged + 1))
            ]) as days,
        from counted
    ),
    days as (
        select
            entry_id,
            due_date + cast(days as integer) as day,
            last_day_in_time,
            day_minor,
            failed_debit_fee_minor,
            covered_on,
            is_not_judged,
            least(days, coalesce(covered_on - due_date, days)) as days_late,
            charged_minor,
        from asked
    ),
    final as (
        select
            entry_id,
            max(day) as day,
        from days
        where
            is_not_judged
            or charged_minor = round(day_minor * days_late + failed_debit_fee_minor, 0)
            or (
                (covered_on is null or day < covered_on)
                and charged_minor = case
                    when day - 1 <= last_day_in_time then 0
                    else round(day_minor * (days_late - 1) + failed_debit_fee_minor, 0)
                end
            )
        group by entry_id
    )
select * from final
