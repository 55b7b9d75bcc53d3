-- row: one debit order of unknown outcome to the lender, for which no final one came
--   within its posting window, and the days on which none was known since
-- key: entry_id
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
            lines.channel,
            lines.order_no,
            min(lines.known_on) as decided_on,
        from staging.settlement_lines as lines
        semi join orders
            on lines.channel = orders.channel and lines.order_no = orders.order_no
        where lines.kind = 'debit' and lines.outcome in ('succeeded', 'failed')
        group by
            lines.channel,
            lines.order_no
    ),
    judged as (
        select
            orders.entry_id,
            orders.channel,
            orders.amount_minor,
            cast(orders.requested_at + terms.clearing_shift as date) as clearing_day,
            final_lines.decided_on,
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
        left join final_lines
            on orders.channel = final_lines.channel
            and orders.order_no = final_lines.order_no
    ),
    spans as (
        select
            judged.entry_id,
            judged.channel,
            judged.amount_minor,
            judged.clearing_day,
            cast(judged.due_at - interval 1 microsecond as date) as from_day,
            judged.decided_on as until_day,
        from judged
        inner join business_day on judged.due_at <= business_day.as_of
    ),
    final as (
        select
            entry_id,
            channel,
            amount_minor,
            clearing_day,
            from_day,
            until_day,
        from spans
        where until_day is null or from_day < until_day
    )
select * from final
