-- row: one calendar day of one channel whose net amount is overdue on the bank account
-- key: channel, settle_date
-- rank: 34
-- family: settlement
-- subject: settlement
-- zh: 结算款未到账
-- severity: high
-- means: The channel has not paid this day's net amount within the agreed days.
-- remedy: Claim the net amount of this day from the channel.
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    days as (
        select
            channel,
            settle_date,
            net_minor,
        from breaks.settlement_days
        where net_minor <> 0
    ),
    receipts as (
        select
            channel,
            settle_date,
        from breaks.receipt_days
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
    final as (
        select
            days.channel,
            days.settle_date,
            'no_receipt' as cause,
            days.net_minor as channel_amount_minor,
            case
                when terms.settlement_lag_days = 0 then days.settle_date
                else settling.day
            end as true_since,
        from days
        inner join terms
            on days.channel = terms.channel
            and terms.valid_from <= days.settle_date
            and days.settle_date < terms.valid_to
        inner join business_days as settled on days.settle_date = settled.day
        left join business_days as settling
            on settling.is_business_day
            and settling.business_day_no
            = settled.business_day_no + terms.settlement_lag_days
        cross join business_day
        anti join receipts
            on days.channel = receipts.channel
            and days.settle_date = receipts.settle_date
        where
            case
                when terms.settlement_lag_days = 0 then days.settle_date
                else settling.day
            end <= business_day.business_date
    )
select * from final
