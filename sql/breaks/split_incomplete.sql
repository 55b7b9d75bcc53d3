-- row: one instalment whose pieces do not add up to what is due
-- key: entry_id
-- rank: 26
-- family: collection
-- subject: instalment
-- zh: 拆单不全
-- severity: high
-- means: The instalment was split into debits that could never pay it in full.
-- remedy: Order the missing piece at the lender's cost and correct the splitting.
with
    instalments as (
        select
            entry_id,
            due_date,
            amount_due_minor,
        from breaks.unpaid_instalments
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
            instalments.due_date,
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
            due_date,
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
            due_date,
            amount_due_minor
    ),
    incomplete as (
        select
            entry_id,
            requested_on,
            due_date,
            has_zero_piece,
            first_requested_at,
            cast(pieces_minor as bigint) as pieces_minor,
            amount_due_minor,
        from days
        where
            has_zero_piece
            or (piece_count > 1 and pieces_minor <> amount_due_minor)
    ),
    final as (
        select
            entry_id,
            case when has_zero_piece then 'zero_piece' else 'pieces_do_not_add_up' end
                as cause,
            amount_due_minor as ledger_amount_minor,
            pieces_minor as channel_amount_minor,
            first_requested_at as fact_at,
            greatest(requested_on, due_date) as true_since,
        from incomplete
        qualify
            row_number() over (partition by entry_id order by requested_on) = 1
    )
select * from final
