-- row: one order_no with a debit line that did not succeed, and since when it is known
--   to have failed and to have succeeded
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
            min(lines.known_on) filter (lines.outcome = 'failed') as failed_since,
            min(lines.known_on) filter (lines.outcome = 'succeeded')
                as succeeded_since,
        from lines
        semi join not_plain
            on lines.channel = not_plain.channel
            and lines.order_no = not_plain.order_no
        group by
            lines.channel,
            lines.order_no
    )
select * from final
