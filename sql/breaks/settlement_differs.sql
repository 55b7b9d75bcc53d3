-- row: one calendar day of one channel whose receipts are not its net amount
-- key: channel, settle_date
-- rank: 35
-- family: settlement
-- subject: settlement
-- zh: 结算款不符
-- severity: high
-- means: The bank booked another amount for this day than the channel's file adds up
--   to.
-- remedy: Clear the difference with the channel.
with
    days as (
        select
            channel,
            settle_date,
            net_minor,
        from breaks.settlement_days
    ),
    receipts as (
        select
            channel,
            settle_date,
            booked_on,
            sum(amount_minor) as booked_minor,
        from breaks.receipt_days
        group by
            channel,
            settle_date,
            booked_on
    ),
    running as (
        select
            days.channel,
            days.settle_date,
            days.net_minor,
            receipts.booked_on,
            sum(receipts.booked_minor) over (
                partition by days.channel, days.settle_date
                order by receipts.booked_on
            ) as received_minor,
        from days
        inner join receipts
            on days.channel = receipts.channel
            and days.settle_date = receipts.settle_date
    ),
    last_right as (
        select
            channel,
            settle_date,
            max(booked_on) as booked_on,
        from running
        where received_minor = net_minor
        group by
            channel,
            settle_date
    ),
    sums as (
        select
            running.channel,
            running.settle_date,
            running.net_minor,
            cast(max_by(running.received_minor, running.booked_on) as bigint)
                as received_minor,
            min(running.booked_on) filter (
                last_right.booked_on is null or running.booked_on > last_right.booked_on
            ) as wrong_since,
        from running
        left join last_right
            on running.channel = last_right.channel
            and running.settle_date = last_right.settle_date
        group by
            running.channel,
            running.settle_date,
            running.net_minor
    ),
    final as (
        select
            channel,
            settle_date,
            case
                when received_minor < net_minor then 'received_too_little'
                else 'received_too_much'
            end as cause,
            received_minor as ledger_amount_minor,
            net_minor as channel_amount_minor,
            greatest(wrong_since, settle_date) as true_since,
        from sums
        where received_minor <> net_minor
    )
select * from final
