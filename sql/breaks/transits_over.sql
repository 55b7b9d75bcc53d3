-- row: one open posting to an instalment treated as late or charged wrongly that
--   counted towards it while its debit could still come, and the days on which it did
-- key: entry_id
-- kept: no
with
    instalments as (
        select entry_id
        from breaks.questioned_instalments
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
    postings as (
        select
            postings.entry_id,
            postings.instalment_entry,
            postings.channel,
            postings.order_no,
            postings.amount_minor,
            postings.value_date,
            cast(postings.posted_at as date) as posted_on,
        from staging.channel_repayments as postings
        semi join instalments on postings.instalment_entry = instalments.entry_id
        semi join unmatched on postings.entry_id = unmatched.entry_id
        anti join in_transit on postings.entry_id = in_transit.entry_id
    ),
    ranges as (
        select
            entry_id,
            true_since,
        from breaks.posting_ranges
    ),
    debits as (
        select
            postings.entry_id,
            min(debits.known_on) as known_on,
        from postings
        inner join staging.debits as debits
            on postings.channel = debits.channel
            and postings.order_no = debits.order_no
        group by postings.entry_id
    ),
    spans as (
        select
            postings.entry_id,
            postings.instalment_entry,
            postings.amount_minor,
            postings.value_date as counts_on,
            greatest(postings.value_date, postings.posted_on) as from_day,
            -- from its debit on, that one counts
            least(ranges.true_since, debits.known_on) as until_day,
        from postings
        inner join ranges on postings.entry_id = ranges.entry_id
        left join debits on postings.entry_id = debits.entry_id
    ),
    final as (
        select *
        from spans
        where from_day < until_day
    )
select * from final
