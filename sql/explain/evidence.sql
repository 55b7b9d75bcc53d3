-- row: one landed line that is shown for the asked break
-- key: entry_id
with
    lines as (
        select
            entry_id,
            file_id,
            line,
            place,
            number_in_kind,
        from explain.all_evidence
    ),
    final as (
        select
            entry_id,
            file_id,
            line,
            place,
        from lines
        -- twenty lines of a kind explain a break; thousands would bury it
        where number_in_kind <= 20
    )
select * from final
