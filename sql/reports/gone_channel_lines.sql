-- row: one delivered line of a channel on a debit that concerns a gone break
-- key: break_id, source_id
-- kept: no
-- rank: 4
-- family: gone_lines
with
    gone as (
        select
            break_id,
            channel,
            channel_ref,
        from reports.gone
    ),
    gone_orders as (
        select
            break_id,
            channel,
            order_no,
            is_own,
        from reports.gone_orders
    ),
    lines as (
        select
            entry_id,
            channel,
            channel_ref,
            order_no,
            kind,
            original_ref,
            outcome,
            response_code,
            amount_minor,
            happened_at,
        from staging.settlement_delivered
    ),
    by_order as (
        select
            gone_orders.break_id,
            gone_orders.is_own,
            lines.*,
        from lines
        inner join gone_orders
            on lines.channel = gone_orders.channel
            and lines.order_no = gone_orders.order_no
    ),
    by_ref as (
        select
            gone.break_id,
            true as is_own,
            lines.*,
        from lines
        inner join gone
            on lines.channel = gone.channel and lines.channel_ref = gone.channel_ref
    ),
    named as (
        select
            break_id,
            is_own,
            channel,
            channel_ref,
        from by_order
        union
        select
            break_id,
            true as is_own,
            channel,
            channel_ref,
        from gone
    ),
    undoing as (
        select
            named.break_id,
            named.is_own,
            lines.*,
        from lines
        inner join named
            on lines.channel = named.channel
            and lines.original_ref = named.channel_ref
    ),
    together as (
        select * from by_order
        union all
        select * from by_ref
        union all
        select * from undoing
    ),
    once as (
        select *
        from together
        qualify
            row_number() over (
                partition by break_id, entry_id
                order by is_own desc
            ) = 1
    ),
    final as (
        select
            break_id,
            case kind when 'debit' then 'debit' else 'refund' end as kind,
            outcome as word,
            channel || ' ' || channel_ref as thing,
            is_own,
            happened_at as stamped_at,
            cast(
                row(
                    order_no,
                    kind,
                    original_ref,
                    outcome,
                    response_code,
                    amount_minor,
                    happened_at
                ) as varchar
            ) as said,
            entry_id as source_id,
        from once
    )
select * from final
