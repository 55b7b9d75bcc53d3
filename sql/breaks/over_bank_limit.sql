-- row: one debit order above a limit of its bank, with a plan of pieces and days that
--   fits
-- key: entry_id
-- rank: 25
-- family: collection
-- subject: order
-- zh: 超银行限额
-- severity: medium
-- means: The bank's limit for one debit, one day or one month could not let this
--   order pass.
-- remedy: Split the order so that every piece stays within the bank's limits.
with
    currency as (
        select
            cast(currency_decimals as integer) as decimals,
            minor_per_major,
        from reference.business_day
    ),
    orders as (
        select
            entry_id,
            cause,
            amount_minor,
            limit_minor,
            per_debit_minor,
            requested_at,
            known_since,
        from breaks.limits_exceeded
    ),
    plans as (
        select
            entry_id,
            count(*) as days,
            min(day) as first_day,
            max(day) as last_day,
            max(amount_minor) as day_minor,
            sum(amount_minor) as planned_minor,
        from breaks.limit_plans
        group by entry_id
    ),
    pieces as (
        select
            orders.entry_id,
            orders.cause,
            orders.amount_minor,
            orders.limit_minor,
            orders.requested_at,
            orders.known_since,
            plans.days,
            plans.first_day,
            plans.last_day,
            plans.planned_minor,
            least(
                coalesce(orders.per_debit_minor, plans.day_minor),
                plans.day_minor
            ) as piece_minor,
            plans.day_minor,
        from orders
        left join plans on orders.entry_id = plans.entry_id
    ),
    worded as (
        select
            pieces.*,
            coalesce(planned_minor = amount_minor and piece_minor > 0, false)
                as has_plan,
            (day_minor + piece_minor - 1) // nullif(piece_minor, 0) as pieces_a_day,
            case
                when decimals = 0 then cast(piece_minor as varchar)
                else cast(piece_minor // minor_per_major as varchar)
                    || '.'
                    || lpad(
                        cast(piece_minor % minor_per_major as varchar), decimals, '0'
                    )
            end as piece_text,
        from pieces
        cross join currency
    ),
    final as (
        select
            entry_id,
            cause,
            amount_minor as ledger_amount_minor,
            limit_minor as channel_amount_minor,
            cast(requested_at as date) as event_on,
            known_since as true_since,
            case
                when not has_plan
                    then 'Agree another way to pay: the limits leave no room for it.'
                when days = 1
                    then 'Collect it in ' || pieces_a_day || ' debits of at most '
                        || piece_text || ' on ' || first_day || '.'
                else 'Collect it in up to ' || pieces_a_day
                    || ' debits a day of at most ' || piece_text
                    || ' on ' || days || ' days from ' || first_day
                    || ' to ' || last_day || '.'
            end as remedy,
        from worded
    )
select * from final
