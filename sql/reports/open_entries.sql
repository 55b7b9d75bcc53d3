-- row: one channel or lender, with what lies between its open entries as read and as
--   listed
-- key: scope, name
-- A matched debit may be listed beside its match, as drawn twice; of an open debit only
-- what refunds left of it is listed; a decided break is on another list.
with
    found as (
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
    open_categories as (
        select category
        from breaks.catalogue
        where family = 'open_entries'
    ),
    decided as (
        select
            category,
            subject,
            lender,
            channel,
            ledger_amount_minor,
            channel_amount_minor,
        from reports.decided
    ),
    together as (
        select
            'channel' as scope,
            debits.channel as name,
            matched.entry_id is not null as is_matched,
            false as is_decided,
            debits.net_minor as listed_minor,
            debits.amount_minor - debits.net_minor as given_back_minor,
        from debits
        semi join found on debits.entry_id = found.entry_id
        left join matched on debits.entry_id = matched.entry_id
        union all
        select
            case when starts_with(subject, 'debit:') then 'channel' else 'lender' end
                as scope,
            case when starts_with(subject, 'debit:') then channel else lender end
                as name,
            false as is_matched,
            true as is_decided,
            case
                when starts_with(subject, 'debit:') then channel_amount_minor
                else ledger_amount_minor
            end as listed_minor,
            0 as given_back_minor,
        from decided
        semi join open_categories on decided.category = open_categories.category
    ),
    final as (
        select
            scope,
            name,
            count(*) filter (is_matched) as matched_breaks,
            count(*) filter (is_decided) as decided_breaks,
            cast(coalesce(sum(listed_minor) filter (is_matched), 0) as bigint)
                as matched_amount_minor,
            cast(coalesce(sum(listed_minor) filter (is_decided), 0) as bigint)
                as decided_amount_minor,
            cast(coalesce(sum(given_back_minor) filter (not is_matched), 0) as bigint)
                as given_back_minor,
        from together
        group by
            scope,
            name
        order by
            scope,
            name
    )
select * from final
