-- row: one debit order that its bank would not let through, and the limit it ran into
-- key: entry_id
with
    orders as (
        select
            entry_id,
            lender,
            borrower_ref,
            card_no,
            channel,
            bank_code,
            order_no,
            amount_minor,
            requested_at,
            per_debit_minor,
            per_day_minor,
            per_month_minor,
        from staging.order_limits
    ),
    beyond_collection as (
        select entry_id
        from breaks.orders_beyond_collection
    ),
    limit_use as (
        select
            entry_id,
            used_that_day_minor,
            used_that_month_minor,
        from breaks.limit_use
    ),
    busy_orders as (
        select
            lender,
            borrower_ref,
            card_no,
            channel,
            bank_code,
            order_no,
            requested_at,
            succeeded_minor,
            known_on,
        from breaks.busy_orders
    ),
    judged as (
        select
            orders.*,
            orders.amount_minor > orders.per_debit_minor as is_over_debit,
            orders.amount_minor + coalesce(limit_use.used_that_day_minor, 0)
                > orders.per_day_minor
                as is_over_day,
            orders.amount_minor + coalesce(limit_use.used_that_month_minor, 0)
                > orders.per_month_minor
                as is_over_month,
        from orders
        anti join beyond_collection on orders.entry_id = beyond_collection.entry_id
        left join limit_use on orders.entry_id = limit_use.entry_id
    ),
    exceeded as (
        select *
        from judged
        where is_over_debit or is_over_day or is_over_month
    ),
    earlier as (
        select
            exceeded.entry_id,
            busy_orders.known_on,
            sum(busy_orders.succeeded_minor) filter (
                cast(busy_orders.requested_at as date)
                = cast(exceeded.requested_at as date)
            ) as that_day_minor,
            sum(busy_orders.succeeded_minor) as that_month_minor,
        from exceeded
        inner join busy_orders
            on exceeded.lender = busy_orders.lender
            and exceeded.borrower_ref = busy_orders.borrower_ref
            and exceeded.card_no = busy_orders.card_no
            and exceeded.channel = busy_orders.channel
            and exceeded.bank_code = busy_orders.bank_code
            and date_trunc('month', exceeded.requested_at)
            = date_trunc('month', busy_orders.requested_at)
            and (busy_orders.requested_at, busy_orders.order_no)
            < (exceeded.requested_at, exceeded.order_no)
        group by
            exceeded.entry_id,
            busy_orders.known_on
    ),
    known as (
        select
            entry_id,
            known_on,
            sum(that_day_minor) over (partition by entry_id order by known_on)
                as that_day_minor,
            sum(that_month_minor) over (partition by entry_id order by known_on)
                as that_month_minor,
        from earlier
    ),
    reached as (
        select
            exceeded.entry_id,
            min(known.known_on) as known_on,
        from exceeded
        inner join known on exceeded.entry_id = known.entry_id
        where
            exceeded.amount_minor + known.that_day_minor > exceeded.per_day_minor
            or exceeded.amount_minor + known.that_month_minor > exceeded.per_month_minor
        group by exceeded.entry_id
    ),
    final as (
        select
            exceeded.entry_id,
            exceeded.lender,
            exceeded.borrower_ref,
            exceeded.card_no,
            exceeded.channel,
            exceeded.bank_code,
            exceeded.amount_minor,
            exceeded.requested_at,
            exceeded.per_debit_minor,
            exceeded.per_day_minor,
            exceeded.per_month_minor,
            case
                when is_over_debit then 'per_debit_limit'
                when is_over_day then 'per_day_limit'
                else 'per_month_limit'
            end as cause,
            case
                when is_over_debit then per_debit_minor
                when is_over_day then per_day_minor
                else per_month_minor
            end as limit_minor,
            case
                when amount_minor > least(
                    per_debit_minor, per_day_minor, per_month_minor
                ) then cast(requested_at as date)
                else greatest(cast(requested_at as date), reached.known_on)
            end as known_since,
        from exceeded
        left join reached on exceeded.entry_id = reached.entry_id
    )
select * from final
