-- row: one signature under a decision about a break, as it was first delivered
-- key: entry_id
-- Signatures are only ever added. The same line delivered again is one; a line that
-- says otherwise under the same break, name and instant is an edit, kept to be told.
with
    business_day as (
        select as_of
        from reference.business_day
    ),
    files as (
        select
            file_id,
            path,
            lender,
        from staging.files
    ),
    lines as (
        select
            file_id,
            line,
            break_id,
            action,
            "by",
            "at",
            reason,
        from landing.decisions
    ),
    delivered as (
        select
            lines.file_id * 4294967296 + lines.line as entry_id,
            files.lender,
            lines.break_id,
            lines.action,
            lines."by" as signed_by,
            -- case, and blanks of any alphabet, do not make another person
            lower(regexp_replace(lines."by", '[\s\p{Z}\p{Cf}]', '', 'g')) as signer,
            lines."at" as signed_at,
            lines.reason,
            files.path,
            lines.line,
        from lines
        inner join files on lines.file_id = files.file_id
        inner join business_day on lines."at" < business_day.as_of
    ),
    as_first_said as (
        select *
        from delivered
        qualify
            row_number() over (
                partition by lender, break_id, signer, signed_at, action, reason
                order by path, line
            ) = 1
    ),
    final as (
        select
            entry_id,
            lender,
            break_id,
            action,
            signed_by,
            signer,
            signed_at,
            reason,
            row_number() over (
                partition by lender, break_id, signer, signed_at
                order by path, line
            ) > 1 as is_edit,
        from as_first_said
    )
select * from final
