-- row: one debit and one posting that later passes pair or had paired by loan and
--   amount, and the days on which that pair was made and came apart
-- key: debit_id, posting_id, from_day
-- Money was given back, a posting undone, or a better partner came: one that bears the
-- order_no, names the instalment, or is nearer in time. Booked after the window, any
-- other partner parts them, and so does a sum or a pair across loans that took either.
-- While such a partner was there, the pair was not made. Without an end it stands.
with
    pairs as materialized (
        select
            debit_id,
            posting_id,
            from_day,
            until_day,
            is_late,
            (is_late, not agrees, seconds, debit_id, posting_id) as nearness,
        from breaks.fitting_pairs
    ),
    together as (
        select
            pairs.debit_id,
            pairs.posting_id,
        from pairs
        inner join matching.passes as debits on pairs.debit_id = debits.entry_id
        inner join matching.passes as postings
            on pairs.posting_id = postings.entry_id
            and debits.group_id = postings.group_id
        where debits.member in ('by_loan_and_amount', 'by_loan_and_amount_late')
    ),
    ends as (
        select
            unnest([debit_id, posting_id]) as entry_id,
            debit_id,
            posting_id,
            nearness,
            is_late,
            from_day,
            until_day,
        from pairs
    ),
    taken as (
        select
            entry_id,
            pass,
            taken_on,
            until_day,
        from breaks.taken_otherwise
    ),
    rivals as (
        select
            ends.debit_id,
            ends.posting_id,
            ends.from_day,
            better.from_day as better_from,
            better.until_day as better_until,
            better.until_day >= ends.until_day as is_lasting,
        from ends
        inner join ends as better
            on ends.entry_id = better.entry_id
            and better.from_day < ends.until_day
            and ends.from_day < better.until_day
            and (
                better.nearness < ends.nearness
                -- of several, none is anyone's only candidate
                or (ends.is_late and better.nearness > ends.nearness)
            )
        union all
        select
            ends.debit_id,
            ends.posting_id,
            ends.from_day,
            taken.taken_on as better_from,
            taken.until_day as better_until,
            taken.until_day >= ends.until_day as is_lasting,
        from ends
        inner join taken
            on ends.entry_id = taken.entry_id
            and taken.taken_on < ends.until_day
            and ends.from_day < taken.until_day
            and (ends.is_late or taken.pass = 'by_order_no')
    ),
    spans as (
        select
            pairs.debit_id,
            pairs.posting_id,
            greatest(
                pairs.from_day,
                max(rivals.better_until) filter (not rivals.is_lasting)
            ) as from_day,
            case
                when any_value(together.debit_id) is null
                    then least(
                        pairs.until_day,
                        min(rivals.better_from) filter (rivals.is_lasting)
                    )
                else pairs.until_day
            end as until_day,
        from pairs
        left join rivals
            on pairs.debit_id = rivals.debit_id
            and pairs.posting_id = rivals.posting_id
            and pairs.from_day = rivals.from_day
        left join together
            on pairs.debit_id = together.debit_id
            and pairs.posting_id = together.posting_id
        group by
            pairs.debit_id,
            pairs.posting_id,
            pairs.from_day,
            pairs.until_day
    ),
    final as (
        select
            debit_id,
            posting_id,
            from_day,
            nullif(until_day, date '9999-12-31') as until_day,
        from spans
        where from_day < until_day
    )
select * from final
