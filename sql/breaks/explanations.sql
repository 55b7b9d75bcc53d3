-- row: one fact that explains why an instalment is late without the borrower's doing
-- key: instalment_id, category, entry_id
-- Of facts of one instant the instalment's own come first, then those of its orders,
-- then an outage: the lender splits before it sends, and sends before a channel fails.
with
    instalments as (
        select
            entry_id,
            due_date,
        from breaks.late_instalments
    ),
    failed_orders as (
        select
            entry_id,
            instalment_id,
            requested_at,
        from breaks.failed_orders
    ),
    collection as (
        select
            entry_id,
            member as category,
            rank,
            fact_at,
            true_since,
        from breaks.collection
    ),
    outages as (
        select entry_id
        from breaks.outage_orders
    ),
    final as (
        select
            instalments.entry_id as instalment_id,
            collection.category,
            collection.entry_id,
            1 as precedence,
            collection.rank,
            -- an order sent too late was missing from the due date on
            case
                when collection.category = 'debit_attempted_late'
                    then cast(instalments.due_date as timestamp)
                else coalesce(
                    collection.fact_at, cast(collection.true_since as timestamp)
                )
            end as fact_at,
        from instalments
        inner join collection on instalments.entry_id = collection.entry_id
        union all
        select
            failed_orders.instalment_id,
            collection.category,
            collection.entry_id,
            2 as precedence,
            collection.rank,
            failed_orders.requested_at as fact_at,
        from failed_orders
        inner join collection on failed_orders.entry_id = collection.entry_id
        union all
        select
            failed_orders.instalment_id,
            'channel_outage' as category,
            failed_orders.entry_id,
            3 as precedence,
            0 as rank,
            failed_orders.requested_at as fact_at,
        from failed_orders
        inner join outages on failed_orders.entry_id = outages.entry_id
    )
select * from final
