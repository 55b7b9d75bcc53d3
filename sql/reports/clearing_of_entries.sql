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
            channel,
            order_no,
            channel_ref,
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
    undoings as (
        select
            break_id,
            source_id,
        from reports.undoing_lines
    ),
    partners as (
        select
            break_id,
            rule,
            source_id,
        from reports.partner_lines
    ),
    final as (
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
                when gone.kind = 'debit' then 'posting_arrived'
                else 'debit_arrived'
            end as cleared_by,
            case
                when renamed.subject is not null then 'now ' || renamed.categories
                when waiting.entry_id is not null then 'waits again: ' || waiting.cause
                when excluded.why = 'reversed'
                    then 'the channel gave the whole debit back'
                when excluded.why = 'undone' then 'the ledger reversed the posting'
                when excluded.why is not null then 'takes no part in matching any more'
                when partners.break_id is null then 'its facts no longer say so'
                else 'matched ' || partners.rule
            end as cleared_how,
            coalesce(undoings.source_id, partners.source_id) as source_id,
            cast(null as varchar) as source_text,
        from gone
        left join renamed on gone.subject = renamed.subject
        left join waiting on gone.entry_id = waiting.entry_id
        left join excluded on gone.entry_id = excluded.entry_id
        left join undoings on gone.break_id = undoings.break_id
        left join partners on gone.break_id = partners.break_id
    )
select * from final
