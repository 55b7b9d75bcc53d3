-- row: one debit or posting paired, or found ambiguous, by its loan and amount
-- key: entry_id
-- rank: 2
-- family: passes
-- A pair is numbered as its debit, a doubt below zero: as its lowest entry.
with
    entries as (
        select
            entry_id,
            side,
            channel,
            universal_at,
            window_seconds,
            cluster_id,
            is_tangled,
        from matching.loan_amount_entries
    ),
    solved as (
        select
            debit_id,
            posting_id,
            verdict,
            cause,
        from matching.solved_pairs
    ),
    simple as (
        select
            debits.entry_id as debit_id,
            postings.entry_id as posting_id,
            'matched' as verdict,
            cast(null as varchar) as cause,
        from entries as debits
        inner join entries as postings
            on debits.cluster_id = postings.cluster_id
            and postings.side = 'posting'
            and (postings.channel is null or debits.channel = postings.channel)
            and abs(date_diff('second', debits.universal_at, postings.universal_at))
            <= coalesce(postings.window_seconds, debits.window_seconds)
        where debits.side = 'debit' and not debits.is_tangled
    ),
    pairs as (
        select debit_id, posting_id, verdict, cause from simple
        union all
        select debit_id, posting_id, verdict, cause from solved
    ),
    sides as (
        select
            debit_id as entry_id,
            debit_id,
            verdict,
            cause,
        from pairs
        union all
        select
            posting_id as entry_id,
            debit_id,
            verdict,
            cause,
        from pairs
    ),
    final as (
        select
            sides.entry_id,
            entries.side = 'debit' as is_debit,
            case
                when sides.verdict = 'matched' then sides.debit_id
                else -entries.cluster_id
            end as group_id,
            sides.verdict,
            sides.cause,
        from sides
        inner join entries on sides.entry_id = entries.entry_id
    )
select * from final
