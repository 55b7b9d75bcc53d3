-- row: one debit or posting of an order that was booked again, and days on end on which
--   it counted for one amount
-- key: entry_id, from_day
-- kept: no
with
    orders as (
        select
            channel,
            order_no,
        from breaks.booked_again
        group by
            channel,
            order_no
    ),
    drawn as (
        select
            net_history.entry_id,
            net_history.channel,
            net_history.order_no,
            net_history.net_minor as amount_minor,
            net_history.from_day,
            net_history.until_day,
        from breaks.net_history as net_history
        semi join orders
            on net_history.channel = orders.channel
            and net_history.order_no = orders.order_no
        where net_history.net_minor > 0
    ),
    booked as (
        select
            postings.entry_id,
            postings.lender,
            postings.posting_id,
            postings.channel,
            postings.order_no,
            postings.amount_minor,
            postings.posted_at,
            cast(postings.posted_at as date) as from_day,
        from staging.channel_repayments as postings
        semi join orders
            on postings.channel = orders.channel
            and postings.order_no = orders.order_no
        union all by name
        select
            undone.entry_id,
            undone.lender,
            undone.posting_id,
            undone.channel,
            undone.order_no,
            undone.amount_minor,
            undone.posted_at,
            undone.posted_on as from_day,
            undone.undone_on as until_day,
        from breaks.undone_repayments as undone
        semi join orders
            on undone.channel = orders.channel
            and undone.order_no = orders.order_no
    ),
    together as (
        select
            true as is_posting,
            *,
        from booked
        union all by name
        select
            false as is_posting,
            *,
        from drawn
    ),
    final as (
        select
            is_posting,
            entry_id,
            lender,
            posting_id,
            channel,
            order_no,
            amount_minor,
            posted_at,
            from_day,
            until_day,
        from together
        where from_day < coalesce(until_day, from_day + 1)
    )
select * from final
