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
    parted as (
        select
            entry_id,
            parted_on,
        from breaks.parted_pairs
    ),
    postings as (
        select
            postings.entry_id,
            postings.order_no,
            postings.has_usable_order,
            ranges.true_since,
            parted.parted_on,
        from breaks.unmatched_postings as postings
        inner join breaks.posting_ranges as ranges
            on postings.entry_id = ranges.entry_id
        left join parted on postings.entry_id = parted.entry_id
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
            -- until then a debit of its loan and amount was there for it
            greatest(true_since, parted_on) as true_since,
        from postings
    )
select * from final
