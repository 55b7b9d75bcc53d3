-- row: one entry that the explanation mentions, by its name, amount, instant and place
-- key: entry_id
with
    mentioned as (
        select entry_id from explain.asked_entries
        union
        select other_id from explain.declined where other_id is not null
        union
        select other_id from explain.taken_with where other_id is not null
    ),
    files as (
        select
            file_id,
            case when member = '' then path else path || '!' || member end as place,
        from staging.files
    ),
    lines as (
        select
            lines.entry_id,
            lines.kind || ':' || lines.channel || ':' || lines.channel_ref as name,
            lines.amount_minor,
            lines.happened_at,
        from staging.settlement_lines as lines
        semi join mentioned on lines.entry_id = mentioned.entry_id
    ),
    postings as (
        select
            postings.entry_id,
            'posting:' || postings.lender || ':' || postings.posting_id as name,
            postings.amount_minor,
            postings.posted_at as happened_at,
        from staging.postings as postings
        semi join mentioned on postings.entry_id = mentioned.entry_id
    ),
    together as (
        select * from lines
        union all by name
        select * from postings
    ),
    final as (
        select
            together.entry_id,
            together.name,
            together.amount_minor,
            together.happened_at,
            files.place,
            together.entry_id % 4294967296 as line,
        from together
        inner join files on together.entry_id // 4294967296 = files.file_id
    )
select * from final
