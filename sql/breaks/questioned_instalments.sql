-- row: one instalment treated as late or charged wrongly
-- key: entry_id
with
    questioned as (
        select entry_id from breaks.treated_as_late
        union
        select entry_id from breaks.wrong_charges
    ),
    final as (
        select
            due.entry_id,
            due.lender,
            due.loan_id,
            due.instalment_no,
            due.due_date,
            due.last_day_in_time,
            due.amount_due_minor,
            due.is_closed,
        from breaks.due_instalments as due
        semi join questioned on due.entry_id = questioned.entry_id
    )
select * from final
