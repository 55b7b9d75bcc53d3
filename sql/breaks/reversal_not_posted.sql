-- row: one posting whose debit was given back and which is still booked
-- key: entry_id
-- rank: 4
-- family: open_entries
-- subject: entry
-- zh: 冲正未回退
-- severity: high
-- means: The channel gave the money back, the ledger still counts it as paid.
-- remedy: Post the reversal of this repayment.
with
    business_day as (
        select as_of
        from reference.business_day
    ),
    postings as (
        select
            entry_id,
            channel,
            order_no,
        from breaks.unmatched_postings
        where state <> 'waiting'
    ),
    ranges as (
        select
            entry_id,
            true_since,
        from breaks.posting_ranges
    ),
    reversed_orders as (
        select
            channel,
            order_no,
            told_on,
            reversal_due_at,
        from breaks.reversed_orders
    ),
    final as (
        select
            postings.entry_id,
            'debit_given_back' as cause,
            greatest(
                cast(reversed_orders.reversal_due_at - interval 1 microsecond as date),
                ranges.true_since,
                reversed_orders.told_on
            ) as true_since,
        from postings
        inner join ranges on postings.entry_id = ranges.entry_id
        inner join reversed_orders
            on postings.channel = reversed_orders.channel
            and postings.order_no = reversed_orders.order_no
        cross join business_day
        where reversed_orders.reversal_due_at <= business_day.as_of
    )
select * from final
