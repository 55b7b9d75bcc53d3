-- row: one order that the asked break concerns, as either side tells it, and its limits
-- key: entry_id
-- rank: 4
-- family: numbers
with
    subject as (
        select order_no
        from explain.subject
    ),
    concerned as (
        select
            lender,
            channel,
            order_no,
        from explain.concerned_orders
    ),
    orders as (
        select
            orders.entry_id,
            orders.channel,
            orders.order_no,
            orders.amount_minor,
            orders.requested_at,
            orders.status,
            orders.response_code,
        from staging.orders as orders
        semi join concerned
            on orders.lender = concerned.lender
            and orders.channel = concerned.channel
            and orders.order_no = concerned.order_no
    ),
    outcomes as (
        select
            orders.entry_id,
            string_agg(
                lines.outcome,
                ', '
                order by lines.happened_at, lines.channel_ref
            ) as outcomes,
        from orders
        inner join staging.settlement_lines as lines
            on orders.channel = lines.channel and orders.order_no = lines.order_no
        where lines.kind = 'debit'
        group by orders.entry_id
    ),
    taken as (
        select
            orders.entry_id,
            cast(sum(debits.net_minor) as bigint) as taken_minor,
        from orders
        inner join staging.debits as debits
            on orders.channel = debits.channel and orders.order_no = debits.order_no
        group by orders.entry_id
    ),
    codes as (
        select
            channel,
            response_code,
            meaning,
        from reference.response_codes
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
    limits as (
        select
            entry_id,
            per_debit_minor,
            per_day_minor,
            per_month_minor,
        from staging.order_limits
    ),
    limit_use as (
        select
            entry_id,
            used_that_day_minor,
            used_that_month_minor,
        from breaks.limit_use
    ),
    outages as (
        select
            entry_id,
            starts_at,
        from breaks.outage_orders
    ),
    final as (
        select
            orders.entry_id,
            orders.order_no,
            orders.amount_minor,
            orders.requested_at,
            greatest(
                orders.requested_at + windows.local_window,
                windows.ends_from
            ) as outcome_due_at,
            cast(orders.requested_at + terms.clearing_shift as date) as clearing_day,
            orders.status as status_at_the_lender,
            orders.response_code,
            codes.meaning as response_code_means,
            coalesce(outcomes.outcomes, 'no line') as outcome_at_the_channel,
            taken.taken_minor as net_amount_taken_minor,
            limits.per_debit_minor as limit_per_debit_minor,
            limits.per_day_minor as limit_per_day_minor,
            limit_use.used_that_day_minor,
            limits.per_month_minor as limit_per_month_minor,
            limit_use.used_that_month_minor,
            outages.starts_at as channel_down_since,
        from orders
        left join outcomes on orders.entry_id = outcomes.entry_id
        left join taken on orders.entry_id = taken.entry_id
        left join codes
            on orders.channel = codes.channel
            and orders.response_code = codes.response_code
        left join terms
            on orders.channel = terms.channel
            and terms.valid_from <= cast(orders.requested_at as date)
            and cast(orders.requested_at as date) < terms.valid_to
        left join windows
            on terms.channel = windows.channel
            and terms.valid_from = windows.valid_from
            and windows.starts_from <= orders.requested_at
            and orders.requested_at < windows.starts_until
        left join limits on orders.entry_id = limits.entry_id
        left join limit_use on orders.entry_id = limit_use.entry_id
        left join outages on orders.entry_id = outages.entry_id
        cross join subject
        order by
            orders.order_no is not distinct from subject.order_no desc,
            orders.requested_at,
            orders.order_no
    )
select * from final
