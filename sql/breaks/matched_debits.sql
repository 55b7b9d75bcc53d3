-- row: one debit that a posting named by a report was matched with, in time order
-- key: posting_entry, debit_entry
with
    subject_entries as (
        select entry_id
        from breaks.subject_entries
    ),
    entries as (
        select
            entry_id,
            side,
            group_id,
        from matching.entries
        where state = 'matched'
    ),
    debits as (
        select
            entry_id,
            channel,
            channel_ref,
            happened_at,
        from staging.debits
    ),
    postings as (
        select
            entry_id,
            group_id,
        from entries
        semi join subject_entries on entries.entry_id = subject_entries.entry_id
        where side = 'posting'
    ),
    final as (
        select
            postings.entry_id as posting_entry,
            debits.entry_id as debit_entry,
            row_number() over (
                partition by postings.entry_id
                order by debits.happened_at, debits.channel_ref, debits.channel
            ) as place,
        from postings
        inner join entries on postings.group_id = entries.group_id
        inner join debits on entries.entry_id = debits.entry_id
    )
select * from final
