-- row: one instalment charged wrongly today, and the last day on which it was not
-- key: entry_id
-- While charges stand still, the sum by rule grows until it passes them. So the last
-- day on which they are right is the last before that, by the sum of that day or of the
-- day before, or the end of the stretch; no day between is asked.
with
    late as (
        select
            entry_id,
            due_date,
            last_day_in_time,
            amount_due_minor,
            late_interest_rate_per_day,
            failed_debit_fee_minor,
            covered_on,
        from breaks.genuinely_late
    ),
    spans as (
        select
            entry_id,
            from_day,
            to_day,
            charged_minor,
        from breaks.charge_spans
    ),
    counted as (
        select
            spans.entry_id,
            spans.charged_minor,
            late.due_date,
            late.last_day_in_time,
            late.late_interest_rate_per_day * late.amount_due_minor as day_minor,
            late.failed_debit_fee_minor,
            late.covered_on,
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
            charged_minor = round(day_minor * days_late + failed_debit_fee_minor, 0)
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
