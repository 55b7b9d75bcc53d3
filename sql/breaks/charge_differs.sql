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
    wrong_charges as (
        select
            entry_id,
            charged_minor,
            right_minor,
        from breaks.wrong_charges
    ),
    late as (
        select
            entry_id,
            last_day_in_time,
        from breaks.genuinely_late
    ),
    right_days as (
        select
            entry_id,
            day,
        from breaks.rightly_charged_days
    ),
    final as (
        select
            wrong_charges.entry_id,
            case
                when wrong_charges.charged_minor > wrong_charges.right_minor
                    then 'charged_too_much'
                else 'charged_too_little'
            end as cause,
            wrong_charges.charged_minor as ledger_amount_minor,
            wrong_charges.right_minor as channel_amount_minor,
            coalesce(right_days.day, late.last_day_in_time) + 1 as true_since,
        from wrong_charges
        inner join late on wrong_charges.entry_id = late.entry_id
        left join right_days on wrong_charges.entry_id = right_days.entry_id
    )
select * from final
