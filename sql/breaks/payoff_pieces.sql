-- row: what a posting took, on one day, of debits whose orders name no instalment and
--   of which the files of one day told, and the day from which that was known
-- key: entry_id, counts_on, told_on
-- kept: no
-- The first posting takes what was debited first; what nobody booked stays over. A
-- posting of another loan than the order's takes its part and counts nowhere.
with
    matched_postings as (
        select
            entry_id,
            group_id,
            lender,
            posting_id,
            is_other_loan,
            amount_minor,
            posted_at,
            beside_since,
        from breaks.matched_postings
        where first_instalment_no is null
    ),
    debits as (
        select
            passes.group_id,
            cast(debits.happened_at as date) as counts_on,
            debits.known_on as told_on,
            sum(debits.net_minor) as net_minor,
            sum(sum(debits.net_minor)) over (
                partition by passes.group_id
                order by cast(debits.happened_at as date), debits.known_on
            ) as until_minor,
        from matching.passes as passes
        semi join matched_postings on passes.group_id = matched_postings.group_id
        inner join staging.debits as debits on passes.entry_id = debits.entry_id
        group by
            passes.group_id,
            cast(debits.happened_at as date),
            debits.known_on
    ),
    postings as (
        select
            entry_id,
            group_id,
            coalesce(is_other_loan, false) as is_other_loan,
            amount_minor,
            beside_since,
            sum(amount_minor) over (
                partition by group_id
                order by posted_at, posting_id, lender
            ) as until_minor,
        from matched_postings
    ),
    final as (
        select
            postings.entry_id,
            debits.counts_on,
            debits.told_on,
            greatest(postings.beside_since, debits.told_on) as known_on,
            cast(
                least(postings.until_minor, debits.until_minor)
                - greatest(
                    postings.until_minor - postings.amount_minor,
                    debits.until_minor - debits.net_minor
                ) as bigint
            ) as amount_minor,
        from postings
        inner join debits
            on postings.group_id = debits.group_id
            and postings.until_minor - postings.amount_minor < debits.until_minor
            and debits.until_minor - debits.net_minor < postings.until_minor
        where not postings.is_other_loan
    )
select * from final
