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
    offsets as (
        select
            universal_from,
            universal_until,
            local_from,
            local_until,
            local_ahead,
        from reference.clock_offsets
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
    -- the window is counted in hours that passed, whatever the clocks did meanwhile
    earliest as (
        select
            possible.entry_id,
            possible.posted_at,
            possible.channel,
            possible.clearing_shift,
            possible.file_lag_days,
            possible.posted_at - offsets.local_ahead - possible.posting_window
                as universal_at,
        from possible
        inner join offsets
            on offsets.local_from <= possible.posted_at
            and possible.posted_at < offsets.local_until
    ),
    final as (
        select
            earliest.entry_id,
            earliest.channel,
            cast(
                earliest.universal_at + offsets.local_ahead + earliest.clearing_shift
                as date
            ) as first_clearing_day,
            cast(earliest.posted_at + earliest.clearing_shift as date)
                as last_clearing_day,
            earliest.file_lag_days,
        from earliest
        inner join offsets
            on offsets.universal_from <= earliest.universal_at
            and earliest.universal_at < offsets.universal_until
    )
select * from final
