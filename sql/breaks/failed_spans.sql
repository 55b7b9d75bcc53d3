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
    emptied as (
        select
            entry_id,
            min(told_on) as emptied_on,
        from breaks.given_back
        where left_minor = 0
        group by entry_id
    ),
    debits as (
        select
            orders.entry_id,
            min(debits.known_on) as first_known_on,
            max(emptied.emptied_on) as emptied_on,
            sum(debits.net_minor) as left_minor,
        from orders
        inner join staging.debits as debits
            on orders.channel = debits.channel and orders.order_no = debits.order_no
        left join emptied on debits.entry_id = emptied.entry_id
        group by orders.entry_id
    ),
    final as (
        select
            orders.entry_id,
            orders.instalment_entry,
            orders.requested_on as from_day,
            debits.first_known_on as until_day,
        from orders
        left join debits on orders.entry_id = debits.entry_id
        union all
        select
            orders.entry_id,
            orders.instalment_entry,
            greatest(debits.emptied_on, orders.requested_on) as from_day,
            cast(null as date) as until_day,
        from orders
        inner join debits on orders.entry_id = debits.entry_id
        where debits.left_minor = 0
    )
select * from final
