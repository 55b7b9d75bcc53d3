-- row: one posting booked to another instalment than its debit order names
-- key: entry_id
-- rank: 14
-- family: matched_but_wrong
-- subject: entry
-- zh: 串期
-- severity: medium
-- means: The loan is right, the instalment is not, so a paid instalment looks unpaid.
-- remedy: Move the posting to the instalment of the debit order.
with
    postings as (
        select
            entry_id,
            instalment_no,
            is_other_loan,
            first_instalment_no,
            last_instalment_no,
            known_since,
        from breaks.matched_postings
    ),
    final as (
        select
            entry_id,
            'other_instalment' as cause,
            known_since as true_since,
        from postings
        where not is_other_loan
            and (
                instalment_no <> first_instalment_no
                or instalment_no <> last_instalment_no
            )
    )
select * from final
