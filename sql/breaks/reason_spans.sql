-- row: one reason why the lateness of an instalment, treated as late or charged
--   wrongly, is or was explained, and the days on which it was
-- key: instalment_entry, category, entry_id, from_day
-- kept: no
with
    due as (
        select
            entry_id,
            due_date,
        from breaks.questioned_instalments
        where not is_closed
    ),
    first_orders as (
        select
            orders.instalment_entry,
            min(cast(orders.requested_at as date)) as requested_on,
        from staging.orders as orders
        semi join due on orders.instalment_entry = due.entry_id
        group by orders.instalment_entry
    ),
    splits as (
        select
            entry_id,
            requested_on,
        from breaks.incomplete_splits
    ),
    collection as (
        select
            entry_id,
            member as category,
            true_since,
        from breaks.collection
    ),
    outages as (
        select entry_id
        from breaks.outage_orders
    ),
    -- also those of which the channel told since
    doubts as (
        select
            entry_id,
            'debit_outcome_unknown' as category,
            from_day,
            until_day,
        from breaks.undecided_orders
        union all
        select
            entry_id,
            'debit_status_conflict' as category,
            from_day,
            until_day,
        from breaks.contradicted_orders
    ),
    funds as (
        select
            entry_id,
            from_day,
            until_day,
        from breaks.funds_stretches
        where is_shown
    ),
    failed as (
        select
            entry_id,
            instalment_entry,
            from_day,
            until_day,
        from breaks.failed_spans
    ),
    spans as (
        select
            due.entry_id as instalment_entry,
            'debit_not_attempted' as category,
            due.entry_id,
            due.due_date as from_day,
            first_orders.requested_on as until_day,
            true as is_while_unpaid,
        from due
        left join first_orders on due.entry_id = first_orders.instalment_entry
        union all
        select
            due.entry_id as instalment_entry,
            'split_incomplete' as category,
            due.entry_id,
            greatest(splits.requested_on, due.due_date) as from_day,
            cast(null as date) as until_day,
            true as is_while_unpaid,
        from due
        inner join splits on due.entry_id = splits.entry_id
        qualify
            row_number() over (
                partition by due.entry_id
                order by splits.requested_on
            ) = 1
        union all
        select
            due.entry_id as instalment_entry,
            collection.category,
            due.entry_id,
            collection.true_since as from_day,
            cast(null as date) as until_day,
            false as is_while_unpaid,
        from due
        inner join collection
            on due.entry_id = collection.entry_id
            and collection.category = 'debit_attempted_late'
        union all
        select
            failed.instalment_entry,
            collection.category,
            failed.entry_id,
            greatest(failed.from_day, collection.true_since) as from_day,
            failed.until_day,
            false as is_while_unpaid,
        from failed
        inner join collection
            on failed.entry_id = collection.entry_id
            and collection.category = 'over_bank_limit'
        union all
        select
            failed.instalment_entry,
            doubts.category,
            failed.entry_id,
            greatest(failed.from_day, doubts.from_day) as from_day,
            least(failed.until_day, doubts.until_day) as until_day,
            false as is_while_unpaid,
        from failed
        inner join doubts on failed.entry_id = doubts.entry_id
        union all
        -- also for a time: a later statement, or the file, may have told otherwise
        select
            failed.instalment_entry,
            'funds_were_available' as category,
            failed.entry_id,
            greatest(failed.from_day, funds.from_day) as from_day,
            least(failed.until_day, funds.until_day) as until_day,
            false as is_while_unpaid,
        from failed
        inner join funds on failed.entry_id = funds.entry_id
        union all
        select
            failed.instalment_entry,
            'channel_outage' as category,
            failed.entry_id,
            failed.from_day,
            failed.until_day,
            false as is_while_unpaid,
        from failed
        semi join outages on failed.entry_id = outages.entry_id
    ),
    final as (
        select *
        from spans
        where until_day is null or from_day < until_day
    )
select * from final
