-- row: one calendar day of one channel whose fees are not those agreed
-- key: channel, settle_date
-- rank: 33
-- family: settlement
-- subject: settlement
-- zh: 手续费不符
-- severity: medium
-- means: The channel kept another fee than the agreed rate gives.
-- remedy: Claim the difference from the channel, or correct the agreed rate.
with
    days as (
        select
            channel,
            settle_date,
            fee_minor,
            fee_by_rule_minor,
        from breaks.settlement_days
    ),
    final as (
        select
            channel,
            settle_date,
            case
                when fee_minor > fee_by_rule_minor then 'fee_too_high'
                else 'fee_too_low'
            end as cause,
            fee_by_rule_minor as ledger_amount_minor,
            fee_minor as channel_amount_minor,
            settle_date as true_since,
        from days
        where fee_minor <> fee_by_rule_minor
    )
select * from final
