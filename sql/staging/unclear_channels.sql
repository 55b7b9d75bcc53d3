-- row: one channel repayment, standing or undone, whose own channel and order_no name
--   no order of its lender
-- key: entry_id
with
    unclear as (
        select
            entry_id,
            lender,
            channel,
            order_no,
        from staging.postings
        where
            kind = 'repayment'
            and order_entry is null
            and (channel is not null or order_no is not null)
    ),
    orders as (
        select
            entry_id,
            lender,
            channel,
            order_no,
        from staging.orders as orders
        semi join unclear on orders.order_no = unclear.order_no
    ),
    lines as (
        select
            channel,
            order_no,
            kind = 'debit' and outcome = 'succeeded' as took_money,
        from staging.settlement_lines
    ),
    named as (
        select
            unclear.entry_id,
            orders.channel,
            orders.order_no,
        from unclear
        inner join orders
            on unclear.lender = orders.lender and unclear.order_no = orders.order_no
    ),
    by_order as (
        select
            entry_id,
            any_value(channel) as channel,
            count(*) as channels,
        from named
        group by entry_id
    ),
    -- of several channels tried under one number, what was booked one of them took
    by_debit as (
        select
            named.entry_id,
            any_value(named.channel) as channel,
            count(*) as channels,
        from named
        semi join lines
            on named.channel = lines.channel
            and named.order_no = lines.order_no
            and lines.took_money
        group by named.entry_id
    ),
    by_line as (
        select
            unclear.entry_id,
            any_value(lines.channel) as channel,
            count(distinct lines.channel) as channels,
        from unclear
        inner join lines
            on unclear.order_no = lines.order_no
            and (unclear.channel is null or unclear.channel = lines.channel)
        -- without a channel, a number that is another lender's there says nothing
        left join orders as theirs
            on lines.channel = theirs.channel
            and lines.order_no = theirs.order_no
            and unclear.lender <> theirs.lender
        where unclear.channel is not null or theirs.entry_id is null
        group by unclear.entry_id
    ),
    found as (
        select
            unclear.entry_id,
            unclear.order_no,
            coalesce(
                unclear.channel,
                case when by_order.channels = 1 then by_order.channel end,
                case when by_debit.channels = 1 then by_debit.channel end,
                case
                    when by_order.entry_id is null and by_line.channels = 1
                        then by_line.channel
                end
            ) as channel,
            by_order.entry_id is not null or by_line.entry_id is not null
                as has_usable_order,
        from unclear
        left join by_order on unclear.entry_id = by_order.entry_id
        left join by_debit on unclear.entry_id = by_debit.entry_id
        left join by_line on unclear.entry_id = by_line.entry_id
    ),
    final as (
        select
            found.entry_id,
            found.channel,
            found.has_usable_order,
            min(orders.entry_id) as order_entry,
        from found
        left join orders
            on found.channel = orders.channel and found.order_no = orders.order_no
        group by
            found.entry_id,
            found.channel,
            found.has_usable_order
    )
select * from final
