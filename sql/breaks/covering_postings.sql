-- row: one channel posting that itself counts towards its instalment
-- key: entry_id
-- Either it is in transit, its debit not seen yet, or its debit's order names its loan
-- and no instalment: such a debit counts nowhere by itself, also while its group waits.
with
    postings as (
        select
            entry_id,
            channel,
            order_no,
            instalment_entry,
            amount_minor,
            value_date,
        from staging.channel_repayments
        where instalment_entry is not null
    ),
    unmatched as (
        select entry_id
        from breaks.unmatched_postings
        where state = 'open'
    ),
    in_transit as (
        select entry_id
        from breaks.in_transit
    ),
    debits as (
        select
            channel,
            order_no,
        from staging.debits
    ),
    payoffs as (
        select
            entry_id,
            last_debit_at,
        from breaks.matched_postings
        where first_instalment_no is null and not coalesce(is_other_loan, false)
    ),
    waiting_payoffs as (
        select passes.entry_id
        from matching.passes as passes
        inner join matching.order_groups as groups
            on passes.group_id = groups.group_id
        where groups.is_in_transit and groups.instalment_no is null
    ),
    final as (
        select
            postings.entry_id,
            postings.instalment_entry,
            postings.amount_minor,
            postings.value_date as counts_on,
        from postings
        semi join unmatched on postings.entry_id = unmatched.entry_id
        semi join in_transit on postings.entry_id = in_transit.entry_id
        -- the channel took this order's money and gave it back: nothing is in transit
        anti join debits
            on postings.channel = debits.channel and postings.order_no = debits.order_no
        union all
        select
            postings.entry_id,
            postings.instalment_entry,
            postings.amount_minor,
            cast(payoffs.last_debit_at as date) as counts_on,
        from postings
        inner join payoffs on postings.entry_id = payoffs.entry_id
        union all
        select
            postings.entry_id,
            postings.instalment_entry,
            postings.amount_minor,
            postings.value_date as counts_on,
        from postings
        semi join waiting_payoffs on postings.entry_id = waiting_payoffs.entry_id
    )
select * from final
