-- row: one debit or posting that a group of an order_no has or had, and days on end on
--   which it counted for one amount
-- key: group_id, entry_id, counts_from
-- A debit counts net, from the day whose file tells of it; a posting that was undone
-- counts until the day of its reversal.
with
    groups as (
        select
            group_id,
            group_entry,
        from matching.order_groups
        where not is_in_transit
    ),
    orders as (
        select
            passes.group_id,
            debits.channel,
            debits.order_no,
        from matching.passes as passes
        semi join groups on passes.group_id = groups.group_id
        inner join staging.debits as debits on passes.entry_id = debits.entry_id
        where passes.member = 'by_order_no'
        union
        -- a piece of a split may be given back and so be no member any more
        select
            groups.group_id,
            pieces.channel,
            pieces.order_no,
        from groups
        inner join matching.split_orders as splits
            on groups.group_entry = splits.group_entry
        inner join staging.orders as pieces on splits.order_entry = pieces.entry_id
    ),
    debits as (
        select
            orders.group_id,
            debits.entry_id,
            debits.channel,
            debits.order_no,
            cast(debits.posting_due_at - interval 1 microsecond as date) as due_on,
        from orders
        inner join staging.debits as debits
            on orders.channel = debits.channel and orders.order_no = debits.order_no
    ),
    net_history as (
        select
            entry_id,
            net_minor,
            from_day,
            until_day,
        from breaks.net_history
    ),
    undone_repayments as (
        select
            entry_id,
            channel,
            order_no,
            amount_minor,
            posted_on,
            undone_on,
        from breaks.undone_repayments
    ),
    together as (
        select
            false as is_posting,
            debits.group_id,
            debits.entry_id,
            debits.channel,
            debits.order_no,
            net_history.net_minor as amount_minor,
            debits.due_on,
            net_history.from_day as counts_from,
            net_history.until_day as counts_until,
        from debits
        inner join net_history on debits.entry_id = net_history.entry_id
        union all by name
        select
            true as is_posting,
            orders.group_id,
            repayments.entry_id,
            orders.channel,
            orders.order_no,
            repayments.amount_minor,
            cast(repayments.posted_at as date) as counts_from,
        from orders
        inner join staging.channel_repayments as repayments
            on orders.channel = repayments.channel
            and orders.order_no = repayments.order_no
        union all by name
        select
            true as is_posting,
            orders.group_id,
            undone.entry_id,
            orders.channel,
            orders.order_no,
            undone.amount_minor,
            undone.posted_on as counts_from,
            undone.undone_on as counts_until,
        from orders
        inner join undone_repayments as undone
            on orders.channel = undone.channel
            and orders.order_no = undone.order_no
    ),
    final as (
        select
            is_posting,
            group_id,
            entry_id,
            channel,
            order_no,
            amount_minor,
            due_on,
            counts_from,
            counts_until,
        from together
    )
select * from final
