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
    debits as (
        select
            entry_id,
            instalment_no,
        from staging.debits
    ),
    paired as (
        select
            pairs.posting_id,
            pairs.from_day,
            -- a posting has one partner a day
            lag(pairs.until_day) over (
                partition by pairs.posting_id
                order by pairs.from_day
            ) is distinct from pairs.from_day as begins,
        from breaks.paired_days as pairs
        inner join postings on pairs.posting_id = postings.entry_id
        inner join debits on pairs.debit_id = debits.entry_id
        where debits.instalment_no <> postings.instalment_no
    ),
    paired_since as (
        select
            posting_id,
            max(from_day) as day,
        from paired
        where begins
        group by posting_id
    ),
    final as (
        select
            postings.entry_id,
            'other_instalment' as cause,
            coalesce(paired_since.day, postings.known_since) as true_since,
        from postings
        left join paired_since on postings.entry_id = paired_since.posting_id
        where not postings.is_other_loan
            and (
                postings.instalment_no <> postings.first_instalment_no
                or postings.instalment_no <> postings.last_instalment_no
            )
    )
select * from final
