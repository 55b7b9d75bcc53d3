-- row: one posting booked to another loan than its debit order names
-- key: entry_id
-- rank: 13
-- family: matched_but_wrong
-- subject: entry
-- zh: 串户
-- severity: high
-- means: The money of one loan pays another.
-- remedy: Reverse the posting and book it to the loan of the debit order.
with
    postings as (
        select
            entry_id,
            is_other_loan,
            known_since,
        from breaks.matched_postings
    ),
    final as (
        select
            entry_id,
            'other_loan' as cause,
            known_since as true_since,
        from postings
        where is_other_loan
    )
select * from final
