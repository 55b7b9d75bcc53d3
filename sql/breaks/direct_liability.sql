-- row: one finding that is no consequence of another, and who answers for it
-- key: category, entry_id, channel_day
with
    findings as (
        select
            category,
            family,
            entry_id,
            channel_day,
            cause,
        from breaks.findings
        where family <> 'consequence'
    ),
    channel_at_fault as (
        select entry_id
        from breaks.channel_at_fault
    ),
    final as (
        select
            findings.category,
            findings.family,
            findings.entry_id,
            findings.channel_day,
            case
                when findings.family = 'settlement' then 'channel'
                when channel_at_fault.entry_id is not null then 'channel'
                when findings.cause in ('absent_from_file', 'same_order_no')
                    then 'channel'
                when findings.category = 'funds_were_available' then 'bank'
                when findings.category = 'ambiguous' then 'undetermined'
                else 'platform'
            end as liable,
        from findings
        left join channel_at_fault on findings.entry_id = channel_at_fault.entry_id
    )
select * from final
