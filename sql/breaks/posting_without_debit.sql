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
    postings as (
        select
            postings.entry_id,
            postings.order_no,
            postings.has_usable_order,
            ranges.true_since,
        from breaks.unmatched_postings as postings
        inner join breaks.posting_ranges as ranges
            on postings.entry_id = ranges.entry_id
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
            true_since,
        from postings
    )
select * from final
