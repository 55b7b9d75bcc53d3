-- row: one delivered line of a debit order that concerns a gone break
-- key: break_id, source_id
-- kept: no
-- rank: 2
-- family: gone_lines
with
    gone_orders as (
        select
            break_id,
            lender,
            channel,
            order_no,
            is_own,
        from reports.gone_orders
    ),
    files as (
        select
            file_id,
            lender,
        from staging.files
    ),
    final as (
        select
            gone_orders.break_id,
            'order' as kind,
            lines.status as word,
            lines.channel || ' ' || lines.order_no as thing,
            gone_orders.is_own,
            lines.requested_at as stamped_at,
            cast(
                row(
                    lines.loan_id,
                    lines.instalment_no,
                    lines.purpose,
                    lines.bank_code,
                    lines.card_no,
                    lines.amount_minor,
                    lines.requested_at,
                    lines.status,
                    lines.response_code
                ) as varchar
            ) as said,
            lines.file_id * 4294967296 + lines.line as source_id,
        from landing.debit_orders as lines
        inner join files on lines.file_id = files.file_id
        inner join gone_orders
            on files.lender = gone_orders.lender
            and lines.channel = gone_orders.channel
            and lines.order_no = gone_orders.order_no
    )
select * from final
