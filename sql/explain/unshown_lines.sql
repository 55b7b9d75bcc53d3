-- row: one kind of line of which the asked break rests on more than are shown
-- key: relation
with
    lines as (
        select
            entry_id,
            relation,
        from explain.all_evidence
    ),
    shown as (
        select entry_id
        from explain.evidence
    ),
    final as (
        select
            lines.relation,
            count(*) as line_count,
        from lines
        anti join shown on lines.entry_id = shown.entry_id
        group by lines.relation
        order by lines.relation
    )
select * from final
