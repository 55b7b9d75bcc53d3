-- row: one debit that nobody booked
-- key: entry_id
-- rank: 5
-- family: open_entries
-- subject: entry
-- zh: 掉单
-- severity: high
-- means: Money left the borrower's account and the ledger does not know it.
-- remedy: Post the debit to its loan and instalment with the debit's day as value date.
with
    debits as (
        select
            entry_id,
            channel,
            order_no,
            lender,
            true_since,
        from breaks.unmatched_debits
        where state <> 'waiting'
    ),
    orders as (
        select
            lender,
            channel,
            order_no,
            status,
        from staging.orders
    ),
    parted as (
        select
            entry_id,
            parted_on,
        from breaks.parted_pairs
    ),
    owed_again as (
        select
            entry_id,
            owed_since,
        from breaks.owed_again
    ),
    final as (
        select
            debits.entry_id,
            case
                when orders.order_no is null then 'order_unknown_to_lender'
                when orders.status = 'failed' then 'lender_recorded_failure'
                when orders.status = 'unknown' then 'lender_never_asked_again'
                else 'not_booked'
            end as cause,
            -- until then a posting of its number, or one that fitted, was there; or it
            -- was a duplicate
            greatest(
                debits.true_since,
                parted.parted_on,
                owed_again.owed_since
            ) as true_since,
        from debits
        left join parted on debits.entry_id = parted.entry_id
        left join owed_again on debits.entry_id = owed_again.entry_id
        left join orders
            on debits.lender = orders.lender
            and debits.channel = orders.channel
            and debits.order_no = orders.order_no
    )
select * from final
