-- row: one matched group, and the day from which it was one
-- key: group_id
with
    entries as (
        select
            entry_id,
            group_id,
        from matching.entries
        where side = 'posting' and state = 'matched'
    ),
    groups as (
        select
            group_id,
            differs,
            posting_due_at,
            last_settle_date,
        from matching.groups
        where not is_in_transit
    ),
    last_posted as (
        select
            entries.group_id,
            max(cast(postings.posted_at as date)) as last_posted_on,
        from entries
        inner join staging.channel_repayments as postings
            on entries.entry_id = postings.entry_id
        group by entries.group_id
    ),
    final as (
        select
            groups.group_id,
            greatest(
                groups.last_settle_date,
                last_posted.last_posted_on,
                -- sums that differ were waited for until the posting window was over
                case
                    when groups.differs
                        then cast(groups.posting_due_at - interval 1 microsecond as date)
                    else groups.last_settle_date
                end
            ) as judged_since,
        from groups
        inner join last_posted on groups.group_id = last_posted.group_id
    )
select * from final
