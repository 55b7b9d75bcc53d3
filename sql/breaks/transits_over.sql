-- row: one channel posting to an instalment treated as late or charged wrongly that
--   counted towards it while its debit could still come, and the days on which it did
-- key: entry_id
-- kept: no
-- Matched, open or undone since.
with
    instalments as (
        select entry_id
        from breaks.questioned_instalments
    ),
    lender_channels as (
        select
            lender,
            channel,
        from staging.lender_channels
    ),
    terms as (
        select
            channel,
            valid_from,
            valid_to,
            clearing_shift,
        from reference.channel_terms
    ),
    in_doubt as (
        select entry_id from breaks.in_transit
        union all
        select entry_id from matching.ambiguous_entries
    ),
    standing as (
        select
            entry_id,
            lender,
            instalment_entry,
            channel,
            order_no,
            amount_minor,
            posted_at,
            value_date,
            cast(null as date) as undone_on,
        from staging.channel_repayments as postings
        anti join in_doubt on postings.entry_id = in_doubt.entry_id
    ),
    undone as (
        select
            entry_id,
            lender,
            instalment_entry,
            channel,
            order_no,
            amount_minor,
            posted_at,
            value_date,
            undone_on,
        from breaks.undone_repayments
        where is_channel_repayment
    ),
    together as (
        select * from standing
        union all by name
        select * from undone
    ),
    postings as materialized (
        select together.*
        from together
        semi join instalments on together.instalment_entry = instalments.entry_id
    ),
    ranges as (
        select
            postings.entry_id,
            max(cast(postings.posted_at + terms.clearing_shift as date))
                as last_clearing_day,
        from postings
        inner join lender_channels
            on postings.lender = lender_channels.lender
            and lender_channels.channel
                = coalesce(postings.channel, lender_channels.channel)
        inner join terms
            on lender_channels.channel = terms.channel
            and terms.valid_from <= cast(postings.posted_at as date)
            and cast(postings.posted_at as date) < terms.valid_to
        group by postings.entry_id
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
    matched as (
        select
            postings.entry_id,
            greatest(groups.last_settle_date, cast(groups.last_debit_at as date))
                as matched_on,
        from postings
        inner join matching.passes as passes on postings.entry_id = passes.entry_id
        inner join matching.groups as groups on passes.group_id = groups.group_id
    ),
    spans as (
        select
            postings.entry_id,
            postings.instalment_entry,
            postings.amount_minor,
            postings.value_date as counts_on,
            greatest(postings.value_date, cast(postings.posted_at as date)) as from_day,
            -- from its debit on, that one counts
            least(
                ranges.last_clearing_day,
                debits.known_on,
                matched.matched_on,
                postings.undone_on
            ) as until_day,
        from postings
        inner join ranges on postings.entry_id = ranges.entry_id
        left join debits on postings.entry_id = debits.entry_id
        left join matched on postings.entry_id = matched.entry_id
    ),
    final as (
        select *
        from spans
        where from_day < until_day
    )
select * from final
