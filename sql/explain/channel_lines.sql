-- row: one line of a channel or of the bank account that concerns the asked break
-- key: entry_id
with
    subject as (
        select
            channel,
            settle_date,
        from explain.subject
        where kind = 'settlement'
    ),
    concerned_orders as (
        select
            channel,
            order_no,
        from explain.concerned_orders
    ),
    final as (
        select lines.entry_id
        from staging.settlement_lines as lines
        semi join concerned_orders
            on lines.channel = concerned_orders.channel
            and lines.order_no = concerned_orders.order_no
        union
        select totals.entry_id
        from staging.declared_totals as totals
        semi join subject
            on totals.channel = subject.channel
            and totals.settle_date = subject.settle_date
        union
        select receipts.entry_id
        from breaks.receipt_days as receipts
        semi join subject
            on receipts.channel = subject.channel
            and receipts.settle_date = subject.settle_date
    )
select * from final
