-- row: one order_no with a debit line that did not succeed, and all that became of it
-- key: channel, order_no
with
    lines as (
        select
            channel,
            order_no,
            outcome,
            known_on,
        from staging.settlement_lines
        where kind = 'debit'
    ),
    not_plain as (
        select
            channel,
            order_no,
        from lines
        where outcome <> 'succeeded'
    ),
    final as (
        select
            lines.channel,
            lines.order_no,
            bool_or(lines.outcome = 'succeeded') as has_succeeded,
            bool_or(lines.outcome = 'failed') as has_failed,
            min(lines.known_on) filter (lines.outcome = 'failed') as failed_since,
        from lines
        semi join not_plain
            on lines.channel = not_plain.channel
            and lines.order_no = not_plain.order_no
        group by
            lines.channel,
            lines.order_no
    )
select * from final
