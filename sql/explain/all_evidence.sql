-- row: one landed line that the asked break rests on, counted within its kind
-- key: entry_id
with
    subject as (
        select entry_id
        from explain.subject
    ),
    signatures as (
        select entry_id
        from staging.decisions as decisions
        semi join explain.asked as asked on decisions.break_id = asked.break_id
    ),
    together as (
        select entry_id from explain.ledger_lines
        union
        select entry_id from explain.channel_lines
        union
        select entry_id from explain.statement_lines
        union
        select entry_id from signatures
    ),
    files as (
        select
            file_id,
            relation,
            case when member = '' then path else path || '!' || member end as place,
        from staging.files
    ),
    placed as (
        select
            together.entry_id,
            files.file_id,
            files.relation,
            files.place,
            together.entry_id % 4294967296 as line,
            coalesce(together.entry_id = subject.entry_id, false) as is_subject,
        from together
        inner join files on together.entry_id // 4294967296 = files.file_id
        cross join subject
    ),
    final as (
        select
            entry_id,
            file_id,
            line,
            place,
            relation,
            row_number() over (
                partition by relation
                order by is_subject desc, place, line
            ) as number_in_kind,
        from placed
    )
select * from final
