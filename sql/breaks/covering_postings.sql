-- row: what of one channel posting itself counts towards its instalment from one day on
-- key: entry_id, counts_on
-- Either it is in transit, its debit not seen yet, or its debit's order names its loan
-- and no instalment: such a debit counts nowhere by itself, also while its group waits.
-- Once that group is judged, its postings count for no more than its debits took, and
-- on the days on which they took it.
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
        where state in ('open', 'waiting')
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
            counts_on,
            cast(sum(amount_minor) as bigint) as amount_minor,
        from breaks.payoff_pieces
        group by
            entry_id,
            counts_on
    ),
    waiting_payoffs as (
        select passes.entry_id
        from matching.passes as passes
        inner join matching.order_groups as groups
            on passes.group_id = groups.group_id
        where groups.is_in_transit and groups.instalment_no is null
    ),
    unseen as (
        select
            postings.entry_id,
            postings.instalment_entry,
            postings.amount_minor,
            postings.value_date,
        from postings
        -- a debit of this order counts by itself, or was given back
        anti join debits
            on postings.channel = debits.channel and postings.order_no = debits.order_no
    ),
    final as (
        select
            unseen.entry_id,
            unseen.instalment_entry,
            unseen.amount_minor,
            unseen.value_date as counts_on,
        from unseen
        semi join unmatched on unseen.entry_id = unmatched.entry_id
        semi join in_transit on unseen.entry_id = in_transit.entry_id
        union all
        select
            postings.entry_id,
            postings.instalment_entry,
            payoffs.amount_minor,
            payoffs.counts_on,
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
