-- row: one debit, no duplicate, that a posting booked or valued late stood for, and
--   days on end on which it did
-- key: posting_id, debit_id, from_day
-- Debits of its order that were given back since are among them, and those that a later
-- pass had paired it with.
with
    postings as (
        select
            entry_id,
            group_id,
            channel,
            order_no,
        from breaks.matched_postings
        where posted_at > posting_due_at or value_date > cast(last_debit_at as date)
    ),
    pairs as (
        select
            paired.posting_id,
            paired.debit_id,
            paired.from_day,
            paired.until_day,
        from breaks.paired_days as paired
        semi join postings on paired.posting_id = postings.entry_id
    ),
    debits as (
        select
            passes.group_id,
            passes.entry_id,
        from matching.passes as passes
        semi join postings on passes.group_id = postings.group_id
        where passes.member not in ('by_loan_and_amount', 'by_loan_and_amount_late')
        union
        select
            postings.group_id,
            debits.entry_id,
        from postings
        inner join staging.debits as debits
            on postings.channel = debits.channel
            and postings.order_no = debits.order_no
    ),
    drawn as (
        select
            entry_id,
            from_day,
            until_day,
        from breaks.net_history
        where net_minor > 0
    ),
    stood_for as (
        select
            postings.entry_id as posting_id,
            debits.entry_id as debit_id,
            drawn.from_day,
            drawn.until_day,
        from postings
        inner join debits on postings.group_id = debits.group_id
        inner join drawn on debits.entry_id = drawn.entry_id
        union all
        select
            posting_id,
            debit_id,
            from_day,
            until_day,
        from pairs
    ),
    paid_earlier as (
        select
            paid.entry_id,
            paid.known_on as from_day,
            paid.until_day,
            paid.is_enough,
        from breaks.paid_earlier as paid
        semi join stood_for on paid.entry_id = stood_for.debit_id
    ),
    owed as (
        select
            stood_for.debit_id,
            date '0001-01-01' as from_day,
            min(paid_earlier.from_day) as until_day,
        from stood_for
        left join paid_earlier on stood_for.debit_id = paid_earlier.entry_id
        group by stood_for.debit_id
        union all
        select
            entry_id as debit_id,
            from_day,
            until_day,
        from paid_earlier
        where not is_enough
    ),
    spans as (
        select
            stood_for.posting_id,
            stood_for.debit_id,
            greatest(stood_for.from_day, owed.from_day) as from_day,
            -- none when it still does
            least(stood_for.until_day, owed.until_day) as until_day,
        from stood_for
        inner join owed on stood_for.debit_id = owed.debit_id
    ),
    final as (
        select *
        from spans
        where from_day < coalesce(until_day, from_day + 1)
    )
select * from final
