-- row: one posting to an instalment treated as late or charged wrongly that was booked
--   or undone, and the day of it
-- key: instalment_entry, entry_id, signed_minor
-- kept: no
with
    instalments as (
        select entry_id
        from breaks.questioned_instalments
    ),
    undone as (
        select
            undone.entry_id,
            undone.instalment_entry,
            undone.amount_minor,
            undone.posted_on,
            undone.undone_on,
        from breaks.undone_repayments as undone
        semi join instalments on undone.instalment_entry = instalments.entry_id
    ),
    final as (
        select
            repayments.instalment_entry,
            repayments.entry_id,
            repayments.amount_minor as signed_minor,
            cast(repayments.posted_at as date) as known_on,
        from staging.repayments as repayments
        semi join instalments on repayments.instalment_entry = instalments.entry_id
        union all
        select
            instalment_entry,
            entry_id,
            amount_minor as signed_minor,
            posted_on as known_on,
        from undone
        union all
        select
            instalment_entry,
            entry_id,
            -amount_minor as signed_minor,
            undone_on as known_on,
        from undone
    )
select * from final
