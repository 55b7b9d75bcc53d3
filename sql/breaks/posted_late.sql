-- row: one posting booked after the posting window of its last debit
-- key: entry_id
-- rank: 15
-- family: matched_but_wrong
-- subject: entry
-- zh: 入账延迟
-- severity: medium
-- means: The ledger learned of the money later than agreed.
-- remedy: Explain the delay and check what it cost the borrower.
with
    postings as (
        select
            entry_id,
            posted_at,
            posting_due_at,
            window_missed_since,
        from breaks.timed_postings
    ),
    final as (
        select
            entry_id,
            'posting_window_missed' as cause,
            window_missed_since as true_since,
            cast(posted_at as date) as event_on,
        from postings
        where posted_at > posting_due_at
    )
select * from final
