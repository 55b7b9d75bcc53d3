-- row: one debit or channel repayment that the asked break is about, and who took it in
-- key: entry_id
with
    subject as (
        select
            kind,
            entry_id,
        from explain.subject
    ),
    evidence as (
        select entry_id
        from explain.evidence
    ),
    entries as (
        select
            entry_id,
            side,
            state,
        from matching.entries
    ),
    passes as (
        select
            entry_id,
            rank,
        from matching.passes
    ),
    asked as (
        select evidence.entry_id
        from evidence
        cross join subject
        where
            evidence.entry_id = subject.entry_id
            or subject.kind in ('order', 'instalment')
    ),
    final as (
        select
            entries.entry_id,
            entries.side,
            entries.state,
            -- no pass has so high a rank: what nobody took in was left by all of them
            coalesce(passes.rank, 99) as taken_by_rank,
        from entries
        semi join asked on entries.entry_id = asked.entry_id
        left join passes on entries.entry_id = passes.entry_id
        order by entries.side, entries.entry_id
    )
select * from final
