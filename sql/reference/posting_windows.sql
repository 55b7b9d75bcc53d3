-- row: one span of local time in which a posting window lasts equally long by the clock
-- key: channel, valid_from, starts_from
-- A window is counted in hours that pass. One that a change of the clocks falls into is
-- an hour longer or shorter by the clock; where clocks never change, a row is a row of
-- the terms. Of an hour that comes twice no stamp tells which it means, so a window
-- that ends in its second coming lasts until the hour is over (`ends_from`).
with
    terms as (
        select
            channel,
            valid_from,
            valid_to,
            posting_window,
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
    spans as (
        select
            terms.channel,
            terms.valid_from,
            terms.valid_to,
            terms.posting_window,
            terms.posting_window + (ends.local_ahead - starts.local_ahead)
                as local_window,
            greatest(
                starts.local_from,
                ends.universal_from - terms.posting_window + starts.local_ahead
            ) as starts_from,
            least(
                starts.local_until,
                ends.universal_until - terms.posting_window + starts.local_ahead
            ) as starts_until,
            ends.local_from as ends_from,
        from terms
        cross join offsets as starts
        cross join offsets as ends
    ),
    final as (
        select
            channel,
            valid_from,
            valid_to,
            starts_from,
            starts_until,
            posting_window,
            local_window,
            ends_from,
        from spans
        where starts_from < starts_until
    )
select * from final
