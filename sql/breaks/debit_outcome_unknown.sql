-- row: one debit order of which nobody can say whether it took money
-- key: entry_id
-- rank: 23
-- family: collection
-- subject: order
-- zh: 状态不明
-- severity: high
-- means: The lender does not know the outcome and no settlement line gives a final one.
-- remedy: Ask the channel for the final outcome of this order and do not send it again.
with
    business_day as (
        select as_of
        from reference.business_day
    ),
    orders as (
        select
            entry_id,
            channel,
            order_no,
            amount_minor,
            requested_at,
        from staging.orders
        where status = 'unknown'
    ),
    beyond_collection as (
        select entry_id
        from breaks.orders_beyond_collection
    ),
    terms as (
        select
            channel,
            valid_from,
            valid_to,
            clearing_shift,
        from reference.channel_terms
    ),
    windows as (
        select
            channel,
            valid_from,
            valid_to,
            starts_from,
            starts_until,
            local_window,
            ends_from,
        from reference.posting_windows
    ),
    final_lines as (
        select
            channel,
            order_no,
        from staging.settlement_lines
        where kind = 'debit' and outcome in ('succeeded', 'failed')
    ),
    files as (
        select
            channel,
            settle_date,
        from staging.settlement_files
    ),
    undecided as (
        select
            orders.entry_id,
            orders.channel,
            orders.amount_minor,
            orders.requested_at,
            cast(orders.requested_at + terms.clearing_shift as date) as clearing_day,
            greatest(
                orders.requested_at + windows.local_window,
                windows.ends_from
            ) as due_at,
        from orders
        inner join terms
            on orders.channel = terms.channel
            and terms.valid_from <= cast(orders.requested_at as date)
            and cast(orders.requested_at as date) < terms.valid_to
        inner join windows
            on terms.channel = windows.channel
            and terms.valid_from = windows.valid_from
            and windows.starts_from <= orders.requested_at
            and orders.requested_at < windows.starts_until
        anti join beyond_collection on orders.entry_id = beyond_collection.entry_id
        anti join final_lines
            on orders.channel = final_lines.channel
            and orders.order_no = final_lines.order_no
    ),
    final as (
        select
            undecided.entry_id,
            case
                when files.settle_date is null then 'file_missing'
                else 'absent_from_file'
            end as cause,
            undecided.amount_minor as ledger_amount_minor,
            cast(undecided.due_at - interval 1 microsecond as date) as true_since,
        from undecided
        inner join business_day on undecided.due_at <= business_day.as_of
        left join files
            on undecided.channel = files.channel
            and undecided.clearing_day = files.settle_date
    )
select * from final
