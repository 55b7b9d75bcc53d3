-- row: one debit, refund or posting that a group of an order_no has or had, and the
--   days on which it counts
-- key: group_id, entry_id
-- A line counts from the day whose file tells of it, a refund below zero; a posting
-- that was undone counts until the day of its reversal.
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
            debits.channel_ref,
            debits.order_no,
            debits.amount_minor,
            cast(debits.posting_due_at - interval 1 microsecond as date) as due_on,
            debits.known_on as counts_from,
        from orders
        inner join staging.debits as debits
            on orders.channel = debits.channel and orders.order_no = debits.order_no
    ),
    refunds as (
        select
            entry_id,
            channel,
            order_no,
            debit_ref,
            amount_minor,
            told_on as counts_from,
        from staging.refunds
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
            group_id,
            entry_id,
            channel,
            channel_ref as debit_ref,
            order_no,
            amount_minor as signed_minor,
            due_on,
            counts_from,
        from debits
        union all by name
        select
            false as is_posting,
            debits.group_id,
            refunds.entry_id,
            refunds.channel,
            refunds.debit_ref,
            debits.order_no,
            -refunds.amount_minor as signed_minor,
            refunds.counts_from,
        from debits
        inner join refunds
            on debits.channel = refunds.channel
            and debits.channel_ref = refunds.debit_ref
        union all by name
        select
            false as is_posting,
            orders.group_id,
            refunds.entry_id,
            refunds.channel,
            refunds.debit_ref,
            refunds.order_no,
            -refunds.amount_minor as signed_minor,
            refunds.counts_from,
        from orders
        inner join refunds
            on orders.channel = refunds.channel and orders.order_no = refunds.order_no
        where refunds.debit_ref is null
        union all by name
        select
            true as is_posting,
            orders.group_id,
            repayments.entry_id,
            orders.channel,
            orders.order_no,
            repayments.amount_minor as signed_minor,
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
            undone.amount_minor as signed_minor,
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
            debit_ref,
            order_no,
            signed_minor,
            due_on,
            counts_from,
            counts_until,
        from together
    )
select * from final
