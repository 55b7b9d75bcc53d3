-- row: one stretch of past days on which an instalment, charged wrongly today, was late
--   and its charges stood still
-- key: entry_id, from_day
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
            genuinely_late.last_day_in_time + 1 as first_day,
        from breaks.genuinely_late as genuinely_late
        semi join breaks.wrong_charges as wrong_charges
            on genuinely_late.entry_id = wrong_charges.entry_id
    ),
    charges as (
        select
            lender,
            loan_id,
            instalment_no,
            amount_minor,
            charged_on,
        from breaks.late_charges
    ),
    changes as (
        select
            entry_id,
            first_day as day,
            0 as amount_minor,
        from late
        union all
        select
            late.entry_id,
            greatest(charges.charged_on, late.first_day) as day,
            charges.amount_minor,
        from late
        inner join charges
            on late.lender = charges.lender
            and late.loan_id = charges.loan_id
            and late.instalment_no = charges.instalment_no
    ),
    days as (
        select
            changes.entry_id,
            changes.day,
            business_day.business_date,
            sum(changes.amount_minor) as amount_minor,
        from changes
        inner join business_day on changes.day < business_day.business_date
        group by
            changes.entry_id,
            changes.day,
            business_day.business_date
    ),
    final as (
        select
            entry_id,
            day as from_day,
            coalesce(
                lead(day) over (partition by entry_id order by day), business_date
            ) - 1 as to_day,
            cast(
                sum(amount_minor) over (partition by entry_id order by day) as bigint
            ) as charged_minor,
        from days
    )
select * from final
