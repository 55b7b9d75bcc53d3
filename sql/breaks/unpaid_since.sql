-- row: one instalment that postings had paid until a reversal undid one of them, and
--   the day of it
-- key: instalment_entry
with
    undone as (
        select
            entry_id,
            instalment_entry,
            amount_minor,
            posted_on,
            undone_on,
        from breaks.undone_repayments
    ),
    repayments as (
        select
            instalment_entry,
            amount_minor,
            cast(posted_at as date) as posted_on,
        from staging.repayments
    ),
    instalments as (
        select
            entry_id,
            amount_due_minor,
        from staging.instalments
    ),
    days as (
        select
            instalment_entry,
            undone_on,
        from undone
        group by
            instalment_entry,
            undone_on
    ),
    -- what stood at the end of the day before
    stood as (
        select
            days.instalment_entry,
            days.undone_on,
            undone.amount_minor,
        from days
        inner join undone
            on days.instalment_entry = undone.instalment_entry
            and undone.posted_on < days.undone_on
            and days.undone_on <= undone.undone_on
        union all
        select
            days.instalment_entry,
            days.undone_on,
            repayments.amount_minor,
        from days
        inner join repayments
            on days.instalment_entry = repayments.instalment_entry
            and repayments.posted_on < days.undone_on
    ),
    sums as (
        select
            instalment_entry,
            undone_on,
            sum(amount_minor) as stood_minor,
        from stood
        group by
            instalment_entry,
            undone_on
    ),
    final as (
        select
            sums.instalment_entry,
            max(sums.undone_on) as unpaid_since,
        from sums
        inner join instalments on sums.instalment_entry = instalments.entry_id
        where sums.stood_minor >= instalments.amount_due_minor
        group by sums.instalment_entry
    )
select * from final
