-- row: one entry with several equally good other sides, and why the search ended there
-- key: entry_id
with
    passes as (
        select
            entry_id,
            member,
            verdict,
            cause,
        from matching.passes
    ),
    final as (
        select
            entry_id,
            member as rule,
            cause,
        from passes
        where verdict = 'ambiguous'
    )
select * from final
