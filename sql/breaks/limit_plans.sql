-- row: one day on which part of an over-limit order may be collected, and how much
-- key: entry_id, day
-- Days run from the day after the business date. A month can bear what its limit leaves,
-- a day the day limit; running sums of both meet the amount.
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
    same_cards as (
        select
            lender,
            borrower_ref,
            card_no,
            channel,
            bank_code,
            status,
            amount_minor,
            requested_at,
        from staging.order_limits
        where status = 'succeeded'
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
            date_trunc('month', same_cards.requested_at) as month,
            sum(same_cards.amount_minor) as used_minor,
        from orders
        inner join same_cards
            on orders.lender = same_cards.lender
            and orders.borrower_ref = same_cards.borrower_ref
            and orders.card_no = same_cards.card_no
            and orders.channel = same_cards.channel
            and orders.bank_code = same_cards.bank_code
        group by
            orders.entry_id,
            date_trunc('month', same_cards.requested_at)
    ),
    capacities as (
        select
            orders.entry_id,
            orders.amount_minor,
            days.day,
            least(
                days.place_in_month * orders.per_day_minor,
                greatest(
                    coalesce(orders.per_month_minor, orders.amount_minor)
                    - coalesce(used_this_month.used_minor, 0),
                    0
                )
            ) - least(
                (days.place_in_month - 1) * orders.per_day_minor,
                greatest(
                    coalesce(orders.per_month_minor, orders.amount_minor)
                    - coalesce(used_this_month.used_minor, 0),
                    0
                )
            ) as capacity_minor,
        from orders
        cross join days
        left join used_this_month
            on orders.entry_id = used_this_month.entry_id
            and days.month = used_this_month.month
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
