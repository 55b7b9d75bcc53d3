-- row: one pair that fitted by loan and amount, and days on end on which nothing
--   changed of any pair of that loan and amount
-- key: debit_id, posting_id, from_day
-- Without the days on which an earlier pass had taken either of them. `is_tangled`: one
-- of them fitted another one as well, both within the posting window. `is_today`: those
-- days have no end.
with
    pairs as materialized (
        select
            debit_id,
            posting_id,
            lender,
            loan_id,
            amount_minor,
            is_late,
            from_day,
            until_day,
        from breaks.fitting_pairs
    ),
    taken as materialized (
        select
            entry_id,
            pass = 'by_order_no' as is_first,
            taken_on,
            until_day,
        from breaks.taken_otherwise
    ),
    ends as (
        select
            unnest([debit_id, posting_id]) as entry_id,
            lender,
            loan_id,
            amount_minor,
        from pairs
    ),
    takings as materialized (
        select
            ends.lender,
            ends.loan_id,
            ends.amount_minor,
            taken.taken_on,
            taken.until_day,
        from ends
        inner join taken on ends.entry_id = taken.entry_id
    ),
    changes as (
        select
            lender,
            loan_id,
            amount_minor,
            unnest([from_day, until_day]) as day,
        from pairs
        union
        select
            lender,
            loan_id,
            amount_minor,
            unnest([taken_on, until_day]) as day,
        from takings
    ),
    stretches as (
        select
            lender,
            loan_id,
            amount_minor,
            day as from_day,
            lead(day) over (
                partition by
                    lender,
                    loan_id,
                    amount_minor
                order by day
            ) as until_day,
        from changes
    ),
    fitting as (
        select
            pairs.debit_id,
            pairs.posting_id,
            pairs.lender,
            pairs.loan_id,
            pairs.amount_minor,
            pairs.is_late,
            stretches.from_day,
            stretches.until_day,
        from pairs
        inner join stretches
            on pairs.lender = stretches.lender
            and pairs.loan_id = stretches.loan_id
            and pairs.amount_minor = stretches.amount_minor
            and pairs.from_day <= stretches.from_day
            and stretches.until_day <= pairs.until_day
        anti join taken as debits
            on pairs.debit_id = debits.entry_id
            and debits.taken_on <= stretches.from_day
            and stretches.from_day < debits.until_day
            and (pairs.is_late or debits.is_first)
        -- what takes a posting keeps it
        anti join taken as postings
            on pairs.posting_id = postings.entry_id
            and pairs.is_late
            and postings.taken_on <= stretches.from_day
    ),
    final as (
        select
            *,
            until_day = date '9999-12-31' as is_today,
            not is_late
            and (
                count(*) over (partition by debit_id, from_day, is_late) > 1
                or count(*) over (partition by posting_id, from_day, is_late) > 1
            ) as is_tangled,
        from fitting
    )
select * from final
