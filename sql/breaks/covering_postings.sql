-- row: one channel posting that itself counts towards its instalment
-- key: entry_id
-- Either it is in transit, its debit not seen yet, or its debit's order names its loan
-- and no instalment: such a debit counts nowhere by itself, also while its group waits.
-- Once that group is judged, its postings count for no more than its debits took, the
-- first posting first.
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
    groups as (
        select
            group_id,
            debit_minor,
        from matching.groups
    ),
    matched_postings as (
        select
            entry_id,
            group_id,
            lender,
            posting_id,
            is_other_loan,
            amount_minor,
            posted_at,
            last_debit_at,
        from breaks.matched_postings
        where first_instalment_no is null
    ),
    payoffs as (
        select
            matched.entry_id,
            coalesce(matched.is_other_loan, false) as is_other_loan,
            matched.last_debit_at,
            least(
                matched.amount_minor,
                groups.debit_minor
                - coalesce(
                    sum(matched.amount_minor) over (
                        partition by matched.group_id
                        order by
                            matched.posted_at,
                            matched.posting_id,
                            matched.lender
                        rows between unbounded preceding and 1 preceding
                    ),
                    0
                )
            ) as taken_minor,
        from matched_postings as matched
        inner join groups on matched.group_id = groups.group_id
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
            cast(payoffs.taken_minor as bigint) as amount_minor,
            cast(payoffs.last_debit_at as date) as counts_on,
        from postings
        inner join payoffs on postings.entry_id = payoffs.entry_id
        where payoffs.taken_minor > 0 and not payoffs.is_other_loan
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
