-- row: one group that belongs to this business date
-- key: group_id
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    entries as (
        select
            entry_id,
            group_id,
            side,
        from matching.entries
        where state = 'matched'
    ),
    groups as (
        select
            group_id,
            rule,
            difference_minor,
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
    dated as (
        select
            groups.group_id,
            groups.rule,
            groups.difference_minor,
            greatest(
                groups.last_settle_date,
                last_posted.last_posted_on,
                -- sums that differ were waited for until the posting window was over
                case
                    when groups.differs
                        then cast(groups.posting_due_at - interval 1 microsecond as date)
                    else groups.last_settle_date
                end
            ) as group_date,
        from groups
        inner join last_posted on groups.group_id = last_posted.group_id
    ),
    final as (
        select
            dated.group_id,
            dated.rule,
            dated.difference_minor,
        from dated
        inner join business_day on dated.group_date = business_day.business_date
    )
select * from final
