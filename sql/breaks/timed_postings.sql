-- row: one posting booked or valued too late for the last debit of its group that is no
--   duplicate, and since when the one and the other can be held against that debit
-- key: entry_id
-- As long as all debits of the group were duplicates, there was none; as long as a
-- later debit was not known to be a duplicate, that one was the last.
with
    postings as (
        select
            entry_id,
            group_id,
            posted_at,
            value_date,
            last_debit_at,
            posting_due_at,
            known_since,
        from breaks.matched_postings
        where posted_at > posting_due_at or value_date > cast(last_debit_at as date)
    ),
    debits as (
        select
            passes.group_id,
            debits.happened_at,
            debits.posting_due_at,
            duplicates.true_since as duplicate_since,
            owed_again.owed_since,
        from matching.passes as passes
        semi join postings on passes.group_id = postings.group_id
        inner join staging.debits as debits on passes.entry_id = debits.entry_id
        left join breaks.duplicate_debit as duplicates
            on passes.entry_id = duplicates.entry_id
        left join breaks.owed_again as owed_again
            on passes.entry_id = owed_again.entry_id
        where coalesce(passes.verdict, 'matched') = 'matched'
    ),
    owed as (
        select
            group_id,
            min(owed_since) as owed_since,
        from debits
        where duplicate_since is null
        group by group_id
        having count(*) = count(owed_since)
    ),
    later as (
        select
            postings.entry_id,
            max(debits.duplicate_since) filter (
                postings.posted_at <= debits.posting_due_at
            ) as window_missed_since,
            max(debits.duplicate_since) filter (
                postings.value_date <= cast(debits.happened_at as date)
            ) as value_late_since,
        from postings
        inner join debits on postings.group_id = debits.group_id
        where debits.duplicate_since is not null
        group by postings.entry_id
    ),
    final as (
        select
            postings.entry_id,
            postings.posted_at,
            postings.value_date,
            postings.last_debit_at,
            postings.posting_due_at,
            greatest(postings.known_since, owed.owed_since, later.window_missed_since)
                as window_missed_since,
            greatest(postings.known_since, owed.owed_since, later.value_late_since)
                as value_late_since,
        from postings
        left join owed on postings.group_id = owed.group_id
        left join later on postings.entry_id = later.entry_id
    )
select * from final
