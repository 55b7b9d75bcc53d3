-- row: one instalment of an open loan that fell due and that the postings do not pay
-- key: entry_id
with
    instalments as (
        select
            entry_id,
            due_date,
            amount_due_minor,
            is_due,
            is_paid,
            is_closed,
        from breaks.due_instalments
    ),
    final as (
        select
            entry_id,
            due_date,
            amount_due_minor,
        from instalments
        where is_due and not is_paid and not is_closed
    )
select * from final
