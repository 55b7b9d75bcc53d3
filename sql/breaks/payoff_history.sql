-- row: one amount of a posting that a payoff bore, which began or ceased to count, and
--   the day from which that was known
-- key: entry_id, known_on, counts_on
-- kept: no
-- While its group waited for its sums, the posting counted whole, on its value date.
with
    postings as (
        select
            entry_id,
            group_id,
            amount_minor,
            posted_at,
            value_date,
        from breaks.matched_postings
        where first_instalment_no is null and not coalesce(is_other_loan, false)
    ),
    stretches as (
        select
            group_id,
            from_day,
            waited_until,
        from breaks.group_stretches
    ),
    pieces as (
        select
            entry_id,
            counts_on,
            known_on,
            amount_minor,
        from breaks.payoff_pieces
    ),
    waits as (
        select
            postings.entry_id,
            postings.amount_minor,
            postings.value_date,
            greatest(stretches.from_day, cast(postings.posted_at as date))
                as from_day,
            stretches.waited_until as until_day,
        from postings
        inner join stretches on postings.group_id = stretches.group_id
    ),
    spans as (
        select
            entry_id,
            amount_minor,
            value_date as counts_on,
            greatest(from_day, value_date) as from_day,
            until_day,
        from waits
        where greatest(from_day, value_date) < until_day
        union all
        -- no part of it counted beside the whole
        select
            pieces.entry_id,
            -pieces.amount_minor as amount_minor,
            pieces.counts_on,
            greatest(pieces.known_on, waits.from_day) as from_day,
            waits.until_day,
        from pieces
        inner join waits
            on pieces.entry_id = waits.entry_id
            and greatest(pieces.known_on, waits.from_day) < waits.until_day
    ),
    changes as (
        select
            entry_id,
            amount_minor as signed_minor,
            counts_on,
            known_on,
        from pieces
        union all
        select
            entry_id,
            amount_minor as signed_minor,
            counts_on,
            from_day as known_on,
        from spans
        union all
        select
            entry_id,
            -amount_minor as signed_minor,
            counts_on,
            until_day as known_on,
        from spans
    ),
    final as (
        select
            entry_id,
            cast(sum(signed_minor) as bigint) as signed_minor,
            counts_on,
            known_on,
        from changes
        group by
            entry_id,
            counts_on,
            known_on
        having sum(signed_minor) <> 0
    )
select * from final
