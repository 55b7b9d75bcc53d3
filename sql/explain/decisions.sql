-- row: a signature, as landed, that stands under the asked break
-- key: place, line
-- rank: 11
-- family: lines
with
    evidence as (
        select
            file_id,
            line,
            place,
            entry_id,
        from explain.evidence
    ),
    delivered as (
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
    final as (
        select
            evidence.entry_id,
            evidence.place,
            evidence.line,
            delivered.break_id,
            delivered.action,
            delivered.by,
            delivered.at,
            delivered.reason,
        from evidence
        inner join delivered
            on evidence.file_id = delivered.file_id and evidence.line = delivered.line
        order by evidence.place, evidence.line
    )
select * from final
