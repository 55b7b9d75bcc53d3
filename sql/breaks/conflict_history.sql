-- row: one order that failed for the lender and took money at the channel, and days on
--   end on which the channel's files told the same of that money
-- key: entry_id, from_day
-- A refund that names a debit not known yet, or none, counts against its order.
with
    live as (
        select
            channel,
            order_no,
        from staging.debits
        where net_minor > 0
    ),
    orders as (
        select
            orders.entry_id,
            orders.channel,
            orders.order_no,
        from staging.orders as orders
        semi join live
            on orders.channel = live.channel and orders.order_no = live.order_no
        where orders.status = 'failed'
    ),
    debits as (
        select
            orders.entry_id,
            debits.channel,
            debits.channel_ref,
            debits.amount_minor,
            debits.known_on,
        from orders
        inner join staging.debits as debits
            on orders.channel = debits.channel and orders.order_no = debits.order_no
    ),
    named as (
        select
            debits.entry_id,
            debits.channel_ref,
            refunds.amount_minor,
            refunds.told_on,
        from debits
        inner join staging.refunds as refunds
            on debits.channel = refunds.channel
            and debits.channel_ref = refunds.debit_ref
    ),
    unnamed as (
        select
            orders.entry_id,
            refunds.amount_minor,
            refunds.known_on,
            case when refunds.debit_ref is not null then refunds.told_on end
                as named_on,
        from orders
        inner join staging.refunds as refunds
            on orders.channel = refunds.channel
            and orders.order_no = refunds.order_no
        where refunds.debit_ref is null or refunds.known_on < refunds.told_on
    ),
    days as (
        select entry_id, known_on as day from debits
        union
        select entry_id, told_on as day from named
        union
        select entry_id, known_on as day from unnamed
    ),
    borne as (
        select
            days.entry_id,
            days.day,
            greatest(
                debits.amount_minor - coalesce(sum(named.amount_minor), 0), 0
            ) as left_minor,
        from days
        inner join debits
            on days.entry_id = debits.entry_id and debits.known_on <= days.day
        left join named
            on debits.entry_id = named.entry_id
            and debits.channel_ref = named.channel_ref
            and named.told_on <= days.day
        group by
            days.entry_id,
            days.day,
            debits.channel_ref,
            debits.amount_minor
    ),
    taken as (
        select
            entry_id,
            day,
            sum(left_minor) as left_minor,
        from borne
        group by
            entry_id,
            day
    ),
    given_back as (
        select
            days.entry_id,
            days.day,
            sum(unnamed.amount_minor) as back_minor,
        from days
        inner join unnamed
            on days.entry_id = unnamed.entry_id
            and unnamed.known_on <= days.day
            and days.day < coalesce(unnamed.named_on, days.day + 1)
        group by
            days.entry_id,
            days.day
    ),
    final as (
        select
            taken.entry_id,
            taken.day as from_day,
            lead(taken.day) over (partition by taken.entry_id order by taken.day)
                as until_day,
            taken.left_minor > coalesce(given_back.back_minor, 0) as is_with_channel,
        from taken
        left join given_back
            on taken.entry_id = given_back.entry_id
            and taken.day = given_back.day
    )
select * from final
