-- row: one debit order that no bank would have let through, and the limit it ran into
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
            day_known_on,
            month_known_on,
        from breaks.limit_use
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
            limit_use.day_known_on,
            limit_use.month_known_on,
        from orders
        anti join beyond_collection on orders.entry_id = beyond_collection.entry_id
        left join limit_use on orders.entry_id = limit_use.entry_id
    ),
    final as (
        select
            entry_id,
            lender,
            borrower_ref,
            card_no,
            channel,
            bank_code,
            amount_minor,
            requested_at,
            per_debit_minor,
            per_day_minor,
            per_month_minor,
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
                when is_over_debit then cast(requested_at as date)
                when is_over_day then greatest(cast(requested_at as date), day_known_on)
                else greatest(cast(requested_at as date), month_known_on)
            end as known_since,
        from judged
        where is_over_debit or is_over_day or is_over_month
    )
select * from final
