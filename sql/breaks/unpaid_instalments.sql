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
    undone as (
        select
            instalment_entry,
            unpaid_since,
        from breaks.unpaid_since
    ),
    final as (
        select
            instalments.entry_id,
            instalments.amount_due_minor,
            -- fallen due, and not paid again by what a reversal undid
            greatest(instalments.due_date, undone.unpaid_since) as unpaid_since,
        from instalments
        left join undone on instalments.entry_id = undone.instalment_entry
        where
            instalments.is_due and not instalments.is_paid and not instalments.is_closed
    )
select * from final
