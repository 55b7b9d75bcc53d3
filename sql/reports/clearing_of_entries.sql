-- row: one gone break of a debit or posting, and what became of that entry
-- key: break_id
-- kept: no
-- rank: 2
-- family: clearings
with
    gone as (
        select
            break_id,
            category,
            subject,
            kind,
            entry_id,
        from reports.gone
        where kind in ('debit', 'posting') and entry_id is not null
    ),
    renamed as (
        select
            subject,
            string_agg(category, ', ' order by category) as categories,
        from reports.breaks
        group by subject
    ),
    waiting as (
        select
            entry_id,
            cause,
        from breaks.open_entry_choice
        where category = 'in_transit'
    ),
    excluded as (
        select
            entry_id,
            why,
        from breaks.excluded_entries
    ),
    partners as (
        select
            break_id,
            rule,
            is_fresh,
            source_id,
        from reports.partner_lines
    ),
    news as (
        select
            gone.break_id,
            news.source_id,
        from gone
        inner join reports.news as news on gone.break_id = news.break_id
        where news.kind not in ('status', 'statement')
        qualify
            row_number() over (
                partition by gone.break_id
                order by
                    news.is_own desc,
                    -- what undid the entry, then what moved money, then the rest
                    (gone.kind, news.kind) in (
                        ('debit', 'refund'), ('posting', 'undoing')
                    ) desc,
                    news.kind in ('refund', 'undoing') desc,
                    news.kind in ('posting', 'debit') desc,
                    news.stamped_at desc,
                    news.thing desc
            ) = 1
    ),
    judged as (
        select
            gone.break_id,
            case
                when renamed.subject is not null then 'called_otherwise'
                when waiting.entry_id is not null then 'in_transit'
                when excluded.why = 'reversed' then 'given_back'
                when excluded.why is not null then excluded.why
                when partners.break_id is null then 'no_longer_true'
                when gone.category not in (
                    'debit_not_posted', 'posting_without_debit', 'ambiguous'
                )
                    then 'group_agrees'
                when not partners.is_fresh then 'matched'
                when gone.kind = 'debit' then 'posting_arrived'
                else 'debit_arrived'
            end as cleared_by,
            renamed.categories,
            waiting.cause,
            excluded.why as excluded_why,
            partners.rule,
            partners.source_id as partner_source,
            news.source_id as news_source,
        from gone
        left join renamed on gone.subject = renamed.subject
        left join waiting on gone.entry_id = waiting.entry_id
        left join excluded on gone.entry_id = excluded.entry_id
        left join partners on gone.break_id = partners.break_id
        left join news on gone.break_id = news.break_id
    ),
    final as (
        select
            break_id,
            cleared_by,
            case cleared_by
                when 'called_otherwise' then 'now ' || categories
                when 'in_transit' then 'waits again: ' || cause
                when 'given_back' then 'the channel gave the whole debit back'
                when 'undone' then 'the ledger reversed the posting'
                when 'no_longer_true' then 'its facts no longer say so'
                when excluded_why then 'takes no part in matching any more'
                else 'matched ' || rule
            end as cleared_how,
            case
                when cleared_by in ('posting_arrived', 'debit_arrived')
                    then partner_source
                when cleared_by = 'matched' then coalesce(news_source, partner_source)
                else news_source
            end as source_id,
            cast(null as varchar) as source_text,
        from judged
    )
select * from final
