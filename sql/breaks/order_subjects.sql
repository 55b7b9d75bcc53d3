-- row: one debit order that a report names, and the name it goes by
-- key: entry_id
-- A lender's number is unique per channel only. Of orders of one number on several
-- channels the one requested first goes by the number alone, the next adds `#2`.
with
    named as (
        select
            orders.entry_id,
            orders.lender,
            orders.channel,
            orders.order_no,
            orders.requested_at,
        from staging.orders as orders
        semi join breaks.subject_entries as subject_entries
            on orders.entry_id = subject_entries.entry_id
    ),
    places as (
        select
            named.entry_id,
            named.lender,
            named.order_no,
            count(earlier.entry_id) + 1 as place,
        from named
        -- also those that were put away, lest an order change its name with them
        left join staging.latest_orders as earlier
            on named.lender = earlier.lender
            and named.order_no = earlier.order_no
            and (
                earlier.requested_at < named.requested_at
                or (
                    earlier.requested_at = named.requested_at
                    and earlier.channel < named.channel
                )
            )
        group by
            named.entry_id,
            named.lender,
            named.order_no
    ),
    final as (
        select
            entry_id,
            'order:' || lender || ':' || order_no
                || case when place > 1 then '#' || place else '' end as subject,
        from places
    )
select * from final
