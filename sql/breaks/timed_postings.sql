-- row: one posting booked or valued too late for the last debit of its group that is no
--   duplicate, and since when the one and the other can be held against that debit
-- key: entry_id
-- Not while there was no such debit, nor while there was one for which it came in time.
with
    postings as (
        select
            entry_id,
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
            entry_id,
            happened_at,
            posting_due_at,
        from staging.debits
    ),
    answered as (
        select
            answered.posting_id,
            answered.from_day,
            answered.until_day,
            postings.posted_at <= debits.posting_due_at as is_booked_in_time,
            postings.value_date <= cast(debits.happened_at as date)
                as is_valued_in_time,
            -- no debit before this one lasts until it
            coalesce(
                max(coalesce(answered.until_day, date '9999-12-31')) over (
                    partition by answered.posting_id
                    order by answered.from_day
                    rows between unbounded preceding and 1 preceding
                ) < answered.from_day,
                true
            ) as is_first,
        from breaks.answered_debits as answered
        inner join postings on answered.posting_id = postings.entry_id
        inner join debits on answered.debit_id = debits.entry_id
    ),
    since as (
        select
            posting_id,
            max(from_day) filter (is_first) as answered_since,
            max(until_day) filter (is_booked_in_time) as booked_late_since,
            max(until_day) filter (is_valued_in_time) as valued_late_since,
        from answered
        group by posting_id
    ),
    final as (
        select
            postings.entry_id,
            postings.posted_at,
            postings.value_date,
            postings.last_debit_at,
            postings.posting_due_at,
            greatest(
                postings.known_since, since.answered_since, since.booked_late_since
            ) as window_missed_since,
            greatest(
                postings.known_since, since.answered_since, since.valued_late_since
            ) as value_late_since,
        from postings
        left join since on postings.entry_id = since.posting_id
    )
select * from final
