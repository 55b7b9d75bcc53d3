-- row: one calendar day of one channel whose receipts are not its net amount
-- key: channel, settle_date
-- rank: 35
-- family: settlement
-- subject: settlement
-- zh: 结算款不符
-- severity: high
-- means: The bank booked another amount for this day than the channel's file adds up to.
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
            cast(sum(amount_minor) as bigint) as received_minor,
            max(booked_on) as last_booked_on,
        from breaks.receipt_days
        where settle_date is not null
        group by
            channel,
            settle_date
    ),
    final as (
        select
            days.channel,
            days.settle_date,
            case
                when receipts.received_minor < days.net_minor then 'received_too_little'
                else 'received_too_much'
            end as cause,
            receipts.received_minor as ledger_amount_minor,
            days.net_minor as channel_amount_minor,
            greatest(receipts.last_booked_on, days.settle_date) as true_since,
        from days
        inner join receipts
            on days.channel = receipts.channel
            and days.settle_date = receipts.settle_date
        where receipts.received_minor <> days.net_minor
    )
select * from final
