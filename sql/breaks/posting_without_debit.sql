-- row: one posting for which no channel took any money
-- key: entry_id
-- rank: 6
-- family: open_entries
-- subject: entry
-- zh: 虚增入账
-- severity: high
-- means: The ledger counts a repayment that no settlement file shows.
-- remedy: Ask the channel for the debit, and reverse the posting if there was none.
with
    given_back as (
        select
            lender,
            loan_id,
            amount_minor,
            max(cast(refunded_at as date)) as refunded_on,
        from staging.debits
        where net_minor = 0
        group by
            lender,
            loan_id,
            amount_minor
    ),
    postings as (
        select
            postings.entry_id,
            postings.order_no,
            postings.has_usable_order,
            ranges.true_since,
            given_back.refunded_on,
        from breaks.unmatched_postings as postings
        inner join breaks.posting_ranges as ranges
            on postings.entry_id = ranges.entry_id
        left join given_back
            on postings.lender = given_back.lender
            and postings.loan_id = given_back.loan_id
            and postings.amount_minor = given_back.amount_minor
            and not postings.has_usable_order
        where postings.state <> 'waiting'
    ),
    final as (
        select
            entry_id,
            case
                when order_no is null then 'no_order_no'
                when has_usable_order then 'no_debit_for_order'
                else 'order_no_unknown'
            end as cause,
            -- it may have stood on a debit of its loan and amount until that was given
            -- back
            greatest(true_since, coalesce(refunded_on, true_since)) as true_since,
        from postings
    )
select * from final
