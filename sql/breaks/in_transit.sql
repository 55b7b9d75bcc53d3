-- row: one debit or posting whose other side may still come
-- key: entry_id
-- rank: 1
-- family: open_entries
-- subject: entry
-- zh: 在途
-- severity: low
-- means: The other side is not due yet, so nothing is wrong so far.
-- remedy: Wait for the other side.
with
    business_day as (
        select as_of
        from reference.business_day
    ),
    debits as (
        select
            entry_id,
            state,
            is_young,
            happened_at,
        from breaks.unmatched_debits
    ),
    postings as (
        select
            entry_id,
            channel,
            order_no,
            state,
            posted_at,
        from breaks.unmatched_postings
    ),
    awaited_files as (
        select
            entry_id,
            is_not_due,
        from breaks.awaited_files
    ),
    reversed_orders as (
        select
            channel,
            order_no,
            reversal_due_at,
        from breaks.reversed_orders
    ),
    final as (
        select
            entry_id,
            case
                when state = 'waiting' then 'sums_may_still_agree'
                else 'posting_window_open'
            end as cause,
            cast(happened_at as date) as true_since,
        from debits
        where state = 'waiting' or is_young
        union all
        select
            postings.entry_id,
            case
                when postings.state = 'waiting' then 'sums_may_still_agree'
                when awaited_files.is_not_due then 'file_not_due'
                when awaited_files.entry_id is not null then 'file_missing'
                else 'reversal_window_open'
            end as cause,
            cast(postings.posted_at as date) as true_since,
        from postings
        left join awaited_files on postings.entry_id = awaited_files.entry_id
        left join reversed_orders
            on postings.channel = reversed_orders.channel
            and postings.order_no = reversed_orders.order_no
        cross join business_day
        where
            postings.state = 'waiting'
            or awaited_files.entry_id is not null
            or business_day.as_of < reversed_orders.reversal_due_at
    )
select * from final
