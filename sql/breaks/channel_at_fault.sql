-- row: one debit, posting or order for which its channel answers
-- key: entry_id
-- The channel was down when the order was sent, or its own code for the order's lines
-- says that the money was taken and not written off.
with
    entry_orders as (
        select
            entry_id,
            kind,
            order_id,
            channel,
            order_no,
            line_code,
            order_code,
        from breaks.entry_orders
    ),
    outages as (
        select entry_id
        from breaks.outage_orders
    ),
    codes as (
        select
            channel,
            response_code,
        from reference.response_codes
        where meaning = 'debited_not_written_off'
    ),
    lines as (
        select
            lines.channel,
            lines.order_no,
        from staging.settlement_lines as lines
        semi join codes
            on lines.channel = codes.channel
            and lines.response_code = codes.response_code
    ),
    final as (
        select entry_orders.entry_id
        from entry_orders
        semi join outages on entry_orders.order_id = outages.entry_id
        union
        select entry_orders.entry_id
        from entry_orders
        semi join codes
            on entry_orders.channel = codes.channel
            and entry_orders.line_code = codes.response_code
        union
        select entry_orders.entry_id
        from entry_orders
        semi join codes
            on entry_orders.channel = codes.channel
            and entry_orders.order_code = codes.response_code
        union
        select entry_orders.entry_id
        from entry_orders
        semi join lines
            on entry_orders.channel = lines.channel
            and entry_orders.order_no = lines.order_no
        -- a debit has one line, an order and its posting all those of the order
        where entry_orders.kind <> 'debit'
    )
select * from final
