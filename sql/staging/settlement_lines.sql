-- row: one event that a channel reports, and that is not put away
-- key: channel, channel_ref
with
    lines as (
        select
            entry_id,
            channel,
            channel_ref,
            order_no,
            kind,
            original_ref,
            card_no,
            bank_code,
            outcome,
            response_code,
            amount_minor,
            happened_at,
            settle_date,
        from staging.latest_lines
    ),
    put_away as (
        select debit_entry
        from staging.quiet_orders
    ),
    final as (
        select
            lines.channel,
            lines.channel_ref,
            lines.order_no,
            lines.kind,
            lines.original_ref,
            lines.card_no,
            lines.bank_code,
            lines.outcome,
            lines.response_code,
            lines.amount_minor,
            lines.happened_at,
            lines.settle_date,
            -- the day whose file tells of it
            greatest(lines.settle_date, cast(lines.happened_at as date)) as known_on,
            lines.entry_id,
        from lines
        anti join put_away on lines.entry_id = put_away.debit_entry
    )
select * from final
