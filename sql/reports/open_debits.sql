-- row: one channel, with what lies between its open debits as read and as listed
-- key: channel
-- A matched debit may be listed beside its match, as drawn twice; of an open debit only
-- what refunds left of it is listed.
with
    listed as (
        select entry_id
        from breaks.open_findings
    ),
    debits as (
        select
            entry_id,
            channel,
            amount_minor,
            net_minor,
        from staging.debits
    ),
    matched as (
        select entry_id
        from matching.entries
        where state = 'matched'
    ),
    final as (
        select
            debits.channel,
            count(matched.entry_id) as matched_breaks,
            cast(
                coalesce(
                    sum(debits.net_minor) filter (matched.entry_id is not null), 0
                ) as bigint
            ) as matched_amount_minor,
            cast(
                coalesce(
                    sum(debits.amount_minor - debits.net_minor)
                        filter (matched.entry_id is null),
                    0
                ) as bigint
            ) as given_back_minor,
        from debits
        semi join listed on debits.entry_id = listed.entry_id
        left join matched on debits.entry_id = matched.entry_id
        group by debits.channel
        order by debits.channel
    )
select * from final
