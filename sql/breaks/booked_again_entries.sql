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
    debits as (
        select
            debits.entry_id,
            debits.channel,
            debits.order_no,
            debits.amount_minor,
            debits.known_on,
        from staging.debits as debits
        semi join orders
            on debits.channel = orders.channel
            and debits.order_no = orders.order_no
    ),
    given_back as (
        select
            entry_id,
            told_on,
            left_minor,
        from breaks.given_back
    ),
    left_over as (
        select
            entry_id,
            channel,
            order_no,
            amount_minor,
            known_on,
        from debits
        union all
        select
            debits.entry_id,
            debits.channel,
            debits.order_no,
            given_back.left_minor as amount_minor,
            given_back.told_on as known_on,
        from debits
        inner join given_back on debits.entry_id = given_back.entry_id
    ),
    drawn as (
        select
            entry_id,
            channel,
            order_no,
            amount_minor,
            known_on as from_day,
            lead(known_on) over (
                partition by entry_id
                order by known_on, amount_minor desc
            ) as until_day,
        from left_over
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
        where amount_minor > 0
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
