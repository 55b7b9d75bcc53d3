-- row: one debit or posting with several equally good other sides
-- key: entry_id
-- rank: 2
-- family: open_entries
-- subject: entry
-- zh: 无法唯一匹配
-- severity: medium
-- means: Several pairings fit equally well; none was guessed.
-- remedy: Compare the listed candidates and name the order_no on the posting.
with
    debits as (
        select
            entry_id,
            cause,
            true_since,
        from breaks.unmatched_debits
        where state = 'ambiguous'
    ),
    postings as (
        select
            postings.entry_id,
            postings.cause,
            ranges.true_since,
        from breaks.unmatched_postings as postings
        left join breaks.posting_ranges as ranges
            on postings.entry_id = ranges.entry_id
        where postings.state = 'ambiguous'
    ),
    final as (
        select entry_id, cause, true_since from debits
        union all
        select entry_id, cause, true_since from postings
    )
select * from final
