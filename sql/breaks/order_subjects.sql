-- row: one debit order that a report names, and the name it goes by
-- key: entry_id
-- A lender's number is unique per channel only. Of orders of one number on several
-- channels the one requested first goes by the number alone, the next adds `#2`.
with
    named as (
        select
            orders.entry_id,
            orders.lender,
            orders.order_no,
        from staging.orders as orders
        semi join breaks.subject_entries as subject_entries
            on orders.entry_id = subject_entries.entry_id
    ),
    -- also those that were put away, lest an order change its name with them
    of_one_number as (
        select
            orders.entry_id,
            orders.lender,
            orders.order_no,
            row_number() over (
                partition by orders.lender, orders.order_no
                order by orders.requested_at, orders.channel
            ) as place,
        from staging.latest_orders as orders
        semi join named
            on orders.lender = named.lender and orders.order_no = named.order_no
    ),
    final as (
        select
            of_one_number.entry_id,
            'order:' || of_one_number.lender || ':' || of_one_number.order_no
                || case when place > 1 then '#' || place else '' end as subject,
        from of_one_number
        semi join named on of_one_number.entry_id = named.entry_id
    )
select * from final
