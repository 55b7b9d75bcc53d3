-- row: one channel whose files may hold the debit of an unmatched posting
-- key: entry_id, channel
with
    postings as (
        select
            entry_id,
            lender,
            channel,
            posted_at,
        from breaks.unmatched_postings
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
            posting_window,
            file_lag_days,
        from reference.channel_terms
    ),
    possible as (
        select
            postings.entry_id,
            postings.posted_at,
            terms.channel,
            terms.clearing_shift,
            terms.file_lag_days,
            max(terms.posting_window) over (partition by postings.entry_id)
                as posting_window,
        from postings
        inner join lender_channels
            on postings.lender = lender_channels.lender
            and lender_channels.channel
                = coalesce(postings.channel, lender_channels.channel)
        inner join terms
            on lender_channels.channel = terms.channel
            and terms.valid_from <= cast(postings.posted_at as date)
            and cast(postings.posted_at as date) < terms.valid_to
    ),
    final as (
        select
            entry_id,
            channel,
            cast(posted_at - posting_window + clearing_shift as date)
                as first_clearing_day,
            cast(posted_at + clearing_shift as date) as last_clearing_day,
            file_lag_days,
        from possible
    )
select * from final
