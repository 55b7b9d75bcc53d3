-- row: one instalment and a day on which it was split into pieces that do not add up
-- key: entry_id, requested_on
-- kept: no
with
    instalments as (
        select
            entry_id,
            amount_due_minor,
        from breaks.due_instalments
        where is_due and not is_closed
    ),
    orders as (
        select
            instalment_entry,
            order_no,
            amount_minor,
            status,
            requested_at,
        from staging.orders
    ),
    pieces as (
        select
            instalments.entry_id,
            instalments.amount_due_minor,
            orders.requested_at,
            cast(orders.requested_at as date) as requested_on,
            orders.amount_minor,
            lag(orders.status) over (
                partition by
                    instalments.entry_id,
                    cast(orders.requested_at as date),
                    orders.amount_minor
                order by orders.requested_at, orders.order_no
            ) as status_before,
        from instalments
        inner join orders
            on instalments.entry_id = orders.instalment_entry
            and orders.amount_minor < instalments.amount_due_minor
    ),
    days as (
        select
            entry_id,
            requested_on,
            amount_due_minor,
            -- a piece sent again after it failed is one piece
            count(*) filter (status_before is distinct from 'failed') as piece_count,
            sum(amount_minor) filter (status_before is distinct from 'failed')
                as pieces_minor,
            bool_or(amount_minor = 0) as has_zero_piece,
            min(requested_at) as first_requested_at,
        from pieces
        group by
            entry_id,
            requested_on,
            amount_due_minor
    ),
    final as (
        select
            entry_id,
            requested_on,
            has_zero_piece,
            first_requested_at,
            cast(pieces_minor as bigint) as pieces_minor,
            amount_due_minor,
        from days
        where
            has_zero_piece
            or (piece_count > 1 and pieces_minor <> amount_due_minor)
    )
select * from final
