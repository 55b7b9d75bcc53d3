-- row: one day on which part of an over-limit order may be collected, and how much
-- key: entry_id, day
-- Days run from the day after the business date. A month can bear what its limit
-- leaves, a day the day limit; running sums of both meet the amount.
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    orders as (
        select
            entry_id,
            lender,
            borrower_ref,
            card_no,
            channel,
            bank_code,
            amount_minor,
            coalesce(per_day_minor, amount_minor) as per_day_minor,
            per_month_minor,
        from breaks.limits_exceeded
    ),
    succeeded_orders as (
        select
            lender,
            borrower_ref,
            card_no,
            channel,
            bank_code,
            amount_minor,
            requested_at,
        from breaks.succeeded_orders
    ),
    days as (
        select
            business_days.day,
            date_trunc('month', business_days.day) as month,
            row_number() over (
                partition by date_trunc('month', business_days.day)
                order by business_days.day
            ) as place_in_month,
        from reference.business_days as business_days
        inner join business_day on business_days.day > business_day.business_date
    ),
    used_this_month as (
        select
            orders.entry_id,
            date_trunc('month', succeeded_orders.requested_at) as month,
            sum(succeeded_orders.amount_minor) as used_minor,
        from orders
        inner join succeeded_orders
            on orders.lender = succeeded_orders.lender
            and orders.borrower_ref = succeeded_orders.borrower_ref
            and orders.card_no = succeeded_orders.card_no
            and orders.channel = succeeded_orders.channel
            and orders.bank_code = succeeded_orders.bank_code
        group by
            orders.entry_id,
            date_trunc('month', succeeded_orders.requested_at)
    ),
    month_capacities as (
        select
            orders.entry_id,
            orders.amount_minor,
            orders.per_day_minor,
            days.day,
            days.place_in_month,
            case
                when orders.per_month_minor is null then orders.amount_minor
                else greatest(
                    orders.per_month_minor - coalesce(used_this_month.used_minor, 0), 0
                )
            end as month_minor,
        from orders
        cross join days
        left join used_this_month
            on orders.entry_id = used_this_month.entry_id
            and days.month = used_this_month.month
    ),
    capacities as (
        select
            entry_id,
            amount_minor,
            day,
            least(place_in_month * per_day_minor, month_minor)
                - least((place_in_month - 1) * per_day_minor, month_minor)
                as capacity_minor,
        from month_capacities
    ),
    running as (
        select
            entry_id,
            day,
            amount_minor,
            capacity_minor,
            sum(capacity_minor) over (partition by entry_id order by day)
                - capacity_minor
                as before_minor,
        from capacities
        where capacity_minor > 0
    ),
    final as (
        select
            entry_id,
            day,
            cast(least(capacity_minor, amount_minor - before_minor) as bigint)
                as amount_minor,
        from running
        where before_minor < amount_minor
    )
select * from final
