-- row: one signature under a decision and what became of it, by break and instant
-- key: source
-- kept: no
-- `state`: in_force, second_name_needed, superseded, or why it does not stand.
with
    signatures as (
        select
            entry_id,
            lender,
            break_id,
            category,
            subject,
            action,
            signed_by,
            signed_at,
            reason,
            amount_in_question_minor,
            needs_two_names,
            standing,
        from breaks.signatures
    ),
    decided as (
        select
            break_id,
            entry_id,
            first_entry_id,
            signed_at,
        from breaks.decided_breaks
    ),
    files as (
        select
            file_id,
            path,
            business_date,
        from staging.files
    ),
    final as (
        select
            signatures.break_id,
            signatures.category,
            signatures.subject,
            signatures.lender,
            signatures.action,
            signatures.signed_by as "by",
            signatures.signed_at as "at",
            signatures.reason,
            case
                when signatures.standing <> 'live' then signatures.standing
                when signatures.entry_id = decided.entry_id
                    or signatures.entry_id = decided.first_entry_id
                    then 'in_force'
                when decided.signed_at >= signatures.signed_at then 'superseded'
                when signatures.action = 'reopen' then 'in_force'
                else 'second_name_needed'
            end as state,
            signatures.amount_in_question_minor as amount_minor,
            signatures.needs_two_names,
            files.business_date as file_date,
            files.path || ':' || (signatures.entry_id % 4294967296) as source,
        from signatures
        inner join files on signatures.entry_id // 4294967296 = files.file_id
        left join decided on signatures.break_id = decided.break_id
        order by
            signatures.break_id,
            signatures.signed_at,
            files.path,
            signatures.entry_id % 4294967296
    )
select * from final
