-- row: one amount that began or ceased to count towards an instalment treated as late
--   or charged wrongly, and the day from which that was known
-- key: instalment_entry, entry_id, known_on, counts_on, signed_minor
-- kept: no
-- An amount given back or undone, or whose debit did not come, comes off the day on
-- which it had counted.
with
    instalments as (
        select entry_id
        from breaks.questioned_instalments
    ),
    debits as (
        select
            debits.entry_id,
            debits.instalment_entry,
            cast(debits.happened_at as date) as counts_on,
        from staging.debits as debits
        semi join instalments on debits.instalment_entry = instalments.entry_id
    ),
    net_history as (
        select
            entry_id,
            from_day,
            change_minor,
        from breaks.net_history
    ),
    repayments as (
        select
            entry_id,
            instalment_entry,
            posted_at,
        from staging.repayments
    ),
    postings as (
        select
            money.entry_id,
            money.instalment_entry,
            money.amount_minor,
            money.counts_on,
        from breaks.covering_money as money
        semi join instalments on money.instalment_entry = instalments.entry_id
    ),
    payoff_history as (
        select
            entry_id,
            signed_minor,
            counts_on,
            known_on,
        from breaks.payoff_history
    ),
    parted_pairs as (
        select
            entry_id,
            parted_on,
        from breaks.parted_pairs
    ),
    undone_repayments as (
        select
            undone.entry_id,
            undone.instalment_entry,
            undone.amount_minor,
            undone.value_date,
            undone.posted_on,
            undone.undone_on,
        from breaks.undone_repayments as undone
        semi join instalments on undone.instalment_entry = instalments.entry_id
        where
            not undone.is_channel_repayment
            and greatest(undone.value_date, undone.posted_on) < undone.undone_on
    ),
    transits_over as (
        select
            entry_id,
            instalment_entry,
            amount_minor,
            counts_on,
            from_day,
            until_day,
        from breaks.transits_over
    ),
    final as (
        select
            debits.instalment_entry,
            debits.entry_id,
            net_history.change_minor as signed_minor,
            debits.counts_on,
            net_history.from_day as known_on,
        from debits
        inner join net_history on debits.entry_id = net_history.entry_id
        union all
        select
            postings.instalment_entry,
            postings.entry_id,
            postings.amount_minor as signed_minor,
            postings.counts_on,
            greatest(
                postings.counts_on,
                cast(repayments.posted_at as date),
                -- until then it was booked with a debit, which counted
                parted_pairs.parted_on
            ) as known_on,
        from postings
        inner join repayments on postings.entry_id = repayments.entry_id
        anti join payoff_history on postings.entry_id = payoff_history.entry_id
        left join parted_pairs on postings.entry_id = parted_pairs.entry_id
        union all
        select
            repayments.instalment_entry,
            payoff_history.entry_id,
            payoff_history.signed_minor,
            payoff_history.counts_on,
            payoff_history.known_on,
        from payoff_history
        inner join repayments on payoff_history.entry_id = repayments.entry_id
        semi join instalments on repayments.instalment_entry = instalments.entry_id
        union all
        select
            instalment_entry,
            entry_id,
            amount_minor as signed_minor,
            value_date as counts_on,
            greatest(value_date, posted_on) as known_on,
        from undone_repayments
        union all
        select
            instalment_entry,
            entry_id,
            -amount_minor as signed_minor,
            value_date as counts_on,
            undone_on as known_on,
        from undone_repayments
        union all
        select
            instalment_entry,
            entry_id,
            amount_minor as signed_minor,
            counts_on,
            from_day as known_on,
        from transits_over
        union all
        select
            instalment_entry,
            entry_id,
            -amount_minor as signed_minor,
            counts_on,
            until_day as known_on,
        from transits_over
    )
select * from final
