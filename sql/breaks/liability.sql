-- row: one finding and who answers for it: channel, bank, platform or undetermined
-- key: category, entry_id, channel_day
with
    direct as (
        select
            category,
            entry_id,
            channel_day,
            liable,
        from breaks.direct_liability
    ),
    consequences as (
        select
            category,
            entry_id,
            channel_day,
            proof,
        from breaks.findings
        where family = 'consequence'
    ),
    inherited as (
        select
            entry_id,
            liable,
        from breaks.inherited_liability
    ),
    final as (
        select category, entry_id, channel_day, liable from direct
        union all
        select
            consequences.category,
            consequences.entry_id,
            consequences.channel_day,
            case
                when consequences.category <> 'wrongly_overdue' then 'platform'
                when consequences.proof = 'statement_needed' then 'undetermined'
                else coalesce(inherited.liable, 'platform')
            end as liable,
        from consequences
        left join inherited on consequences.entry_id = inherited.entry_id
    )
select * from final
