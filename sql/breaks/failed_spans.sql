-- row: one order of an instalment treated as late or charged wrongly, and days on end
--   on which it had left no succeeded debit at the channel
-- key: entry_id, from_day, until_day?
-- kept: no
with
    instalments as (
        select entry_id
        from breaks.questioned_instalments
    ),
    orders as (
        select
            orders.entry_id,
            orders.instalment_entry,
            orders.channel,
            orders.order_no,
            cast(orders.requested_at as date) as requested_on,
        from staging.orders as orders
        semi join instalments on orders.instalment_entry = instalments.entry_id
    ),
    taken as (
        select
            orders.entry_id,
            orders.instalment_entry,
            orders.requested_on,
            taken_spans.from_day,
            taken_spans.until_day,
        from orders
        inner join breaks.taken_spans as taken_spans
            on orders.channel = taken_spans.channel
            and orders.order_no = taken_spans.order_no
    ),
    first_taken as (
        select
            entry_id,
            min(from_day) as from_day,
        from taken
        group by entry_id
    ),
    final as (
        select
            orders.entry_id,
            orders.instalment_entry,
            orders.requested_on as from_day,
            first_taken.from_day as until_day,
        from orders
        left join first_taken on orders.entry_id = first_taken.entry_id
        union all
        select
            entry_id,
            instalment_entry,
            greatest(until_day, requested_on) as from_day,
            lead(from_day) over (partition by entry_id order by from_day)
                as until_day,
        from taken
        qualify taken.until_day is not null
    )
select * from final
