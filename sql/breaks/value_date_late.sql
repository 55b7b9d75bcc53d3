-- row: one posting whose value date lies after the day of its last debit
-- key: entry_id
-- rank: 16
-- family: matched_but_wrong
-- subject: entry
-- zh: 起息日晚于扣款日
-- severity: high
-- means: The borrower pays interest for days on which the money was already taken.
-- remedy: Set the value date to the day of the debit.
with
    postings as (
        select
            entry_id,
            value_date,
            last_debit_at,
            value_late_since,
        from breaks.timed_postings
    ),
    final as (
        select
            entry_id,
            'value_date_after_debit' as cause,
            value_late_since as true_since,
        from postings
        where value_date > cast(last_debit_at as date)
    )
select * from final
