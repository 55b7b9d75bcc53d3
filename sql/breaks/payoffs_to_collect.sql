-- row: one loan with an over-limit order for no single instalment, and what is left of
--   the latest such order
-- key: lender, loan_id
-- Four orders for one payoff are one debt: only the latest asks for it.
with
    over_limit as (
        select entry_id
        from breaks.over_bank_limit
    ),
    orders as (
        select
            entry_id,
            lender,
            loan_id,
            order_no,
            amount_minor,
            requested_at,
        from staging.orders
        where instalment_no is null
    ),
    latest as (
        select
            orders.entry_id,
            orders.lender,
            orders.loan_id,
            orders.amount_minor,
            orders.requested_at,
        from orders
        semi join over_limit on orders.entry_id = over_limit.entry_id
        qualify
            row_number() over (
                partition by orders.lender, orders.loan_id
                order by orders.requested_at desc, orders.order_no desc
            ) = 1
    ),
    debits as (
        select
            lender,
            loan_id,
            net_minor,
            happened_at,
        from staging.debits
        where instalment_no is null
    ),
    collected as (
        select
            latest.entry_id,
            cast(sum(debits.net_minor) as bigint) as collected_minor,
        from latest
        inner join debits
            on latest.lender = debits.lender
            and latest.loan_id = debits.loan_id
            and latest.requested_at <= debits.happened_at
        group by latest.entry_id
    ),
    final as (
        select
            latest.entry_id,
            latest.lender,
            latest.loan_id,
            cast(latest.requested_at as date) as due_date,
            latest.amount_minor - coalesce(collected.collected_minor, 0)
                as amount_minor,
        from latest
        left join collected on latest.entry_id = collected.entry_id
        where latest.amount_minor > coalesce(collected.collected_minor, 0)
    )
select * from final
