-- row: one unmatched posting and the day from which every file of its range could be
--   there
-- key: entry_id
with
    postings as (
        select
            entry_id,
            posted_at,
        from breaks.unmatched_postings
    ),
    ranges as (
        select
            entry_id,
            max(last_clearing_day) as last_clearing_day,
        from breaks.posting_channels
        group by entry_id
    ),
    final as (
        select
            postings.entry_id,
            greatest(
                cast(postings.posted_at as date),
                coalesce(ranges.last_clearing_day, cast(postings.posted_at as date))
            ) as true_since,
        from postings
        left join ranges on postings.entry_id = ranges.entry_id
    )
select * from final
