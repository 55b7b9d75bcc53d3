-- row: one posting that its order was booked again by, and since when
-- key: entry_id
-- rank: 12
-- family: matched_but_wrong
-- subject: entry
-- zh: 重复入账
-- severity: high
-- means: One debit was booked more than once.
-- remedy: Post the reversal of this repayment.
with
    booked_again as (
        select
            entry_id,
            channel,
            order_no,
            known_since,
        from breaks.booked_again
    ),
    counted as (
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
        from breaks.booked_again_entries
    ),
    changes as (
        select channel, order_no, from_day as day from counted
        union
        select channel, order_no, until_day as day from counted
    ),
    days as (
        select
            channel,
            order_no,
            day,
            lead(day) over (partition by channel, order_no order by day) as next_day,
        from changes
    ),
    drawn_then as (
        select
            days.channel,
            days.order_no,
            days.day,
            count(*) as debit_count,
            min(debits.amount_minor) as least_minor,
            max(debits.amount_minor) as most_minor,
        from days
        inner join counted as debits
            on days.channel = debits.channel
            and days.order_no = debits.order_no
            and debits.from_day <= days.day
            and days.day < coalesce(debits.until_day, days.day + 1)
        where not debits.is_posting
        group by
            days.channel,
            days.order_no,
            days.day
    ),
    booked_then as (
        select
            postings.entry_id,
            days.channel,
            days.order_no,
            days.day,
            min(postings.amount_minor) over order_then as least_minor,
            max(postings.amount_minor) over order_then as most_minor,
            row_number() over (
                order_then
                order by postings.posted_at, postings.posting_id, postings.lender
            ) as place,
        from days
        inner join counted as postings
            on days.channel = postings.channel
            and days.order_no = postings.order_no
            and postings.from_day <= days.day
            and days.day < coalesce(postings.until_day, days.day + 1)
        where postings.is_posting
        window order_then as (partition by days.channel, days.order_no, days.day)
    ),
    beyond_then as (
        select
            booked_then.entry_id,
            booked_then.day,
        from booked_then
        inner join drawn_then
            on booked_then.channel = drawn_then.channel
            and booked_then.order_no = drawn_then.order_no
            and booked_then.day = drawn_then.day
        where
            booked_then.place > drawn_then.debit_count
            and booked_then.least_minor = drawn_then.least_minor
            and booked_then.most_minor = drawn_then.most_minor
            and booked_then.least_minor = booked_then.most_minor
    ),
    -- a debit was there for it, or the amounts were not the same
    spared as (
        select
            booked_again.entry_id,
            max(days.next_day) as spared_until,
        from booked_again
        inner join days
            on booked_again.channel = days.channel
            and booked_again.order_no = days.order_no
        anti join beyond_then
            on booked_again.entry_id = beyond_then.entry_id
            and days.day = beyond_then.day
        group by booked_again.entry_id
    ),
    final as (
        select
            booked_again.entry_id,
            'booked_again' as cause,
            greatest(booked_again.known_since, spared.spared_until) as true_since,
        from booked_again
        left join spared on booked_again.entry_id = spared.entry_id
    )
select * from final
