-- row: one receipt on the lender's bank account and the settlement day it pays, if any
-- key: entry_id
-- One that names both channel and settle date is of that day, whatever its amount;
-- otherwise what it names only narrows the days whose net amount it may be.
with
    receipts as (
        select
            entry_id,
            channel,
            settle_date,
            amount_minor,
            booked_on,
        from staging.receipts
    ),
    days as (
        select
            channel,
            settle_date,
            net_minor,
        from breaks.settlement_days
    ),
    terms as (
        select
            channel,
            valid_from,
            valid_to,
            settlement_lag_days,
        from reference.channel_terms
    ),
    business_days as (
        select
            day,
            is_business_day,
            business_day_no,
        from reference.business_days
    ),
    named as (
        select
            receipts.entry_id,
            days.channel,
            days.settle_date,
        from receipts
        inner join days
            on receipts.channel = days.channel
            and receipts.settle_date = days.settle_date
    ),
    possible as (
        select
            receipts.entry_id,
            days.channel,
            days.settle_date,
        from receipts
        inner join days
            on receipts.amount_minor = days.net_minor
            and coalesce(receipts.channel, days.channel) = days.channel
            and coalesce(receipts.settle_date, days.settle_date) = days.settle_date
            and days.settle_date <= receipts.booked_on
        inner join terms
            on days.channel = terms.channel
            and terms.valid_from <= days.settle_date
            and days.settle_date < terms.valid_to
        inner join business_days as settled on days.settle_date = settled.day
        inner join business_days as booked on receipts.booked_on = booked.day
        where
            -- a day off after the last business day is one too late
            booked.business_day_no - settled.business_day_no
            + case when booked.is_business_day then 0 else 1 end
            <= terms.settlement_lag_days + 5
    ),
    only_day as (
        select
            entry_id,
            any_value(channel) as channel,
            any_value(settle_date) as settle_date,
        from possible
        group by entry_id
        having count(*) = 1
    ),
    final as (
        select
            receipts.entry_id,
            coalesce(named.channel, only_day.channel) as channel,
            coalesce(named.settle_date, only_day.settle_date) as settle_date,
            receipts.amount_minor,
            receipts.booked_on,
        from receipts
        left join named on receipts.entry_id = named.entry_id
        left join only_day on receipts.entry_id = only_day.entry_id
    )
select * from final
