-- row: one debit and one posting that later passes pair, or would have paired, by loan
--   and amount, and days on end on which nothing changed of what they fitted
-- key: debit_id, posting_id, from_day
-- What passes 2 and 5 made of today is told by matching.passes; of earlier days they
-- are asked again.
with
    days as materialized (
        select
            debit_id,
            posting_id,
            from_day,
            until_day,
            is_today,
            is_late,
            is_tangled,
        from breaks.fitting_days
    ),
    past as (
        select *
        from days
        where not is_today
    ),
    together as (
        select
            debits.entry_id as debit_id,
            postings.entry_id as posting_id,
        from matching.passes as debits
        inner join matching.passes as postings on debits.group_id = postings.group_id
        where debits.group_id > 0
    ),
    -- of an ambiguous one the other side is null
    solved as (
        select
            debits.entry_id as debit_id,
            postings.entry_id as posting_id,
            coalesce(debits.from_day, postings.from_day) as from_day,
        from breaks.solved_pairs_then as solved
        left join breaks.tangled_debits_then as debits on solved.debit_id = debits.id
        left join breaks.tangled_postings_then as postings
            on solved.posting_id = postings.id
    ),
    in_time as (
        select
            debit_id,
            posting_id,
            from_day,
        from past
        where not is_late and not is_tangled
        union all
        select * from solved
    ),
    -- an ambiguous one takes no part in later passes either
    settled as (
        select debit_id as entry_id, from_day from in_time
        union all
        select posting_id as entry_id, from_day from in_time
    ),
    late as (
        select
            past.debit_id,
            past.posting_id,
            past.from_day,
        from past
        anti join settled as debits
            on past.debit_id = debits.entry_id and past.from_day = debits.from_day
        anti join settled as postings
            on past.posting_id = postings.entry_id and past.from_day = postings.from_day
        qualify
            count(*) over (partition by past.debit_id, past.from_day) = 1
            and count(*) over (partition by past.posting_id, past.from_day) = 1
    ),
    made as (
        select * from in_time
        union all
        select * from late
        union all
        select
            days.debit_id,
            days.posting_id,
            days.from_day,
        from days
        semi join together
            on days.debit_id = together.debit_id
            and days.posting_id = together.posting_id
        where days.is_today
    ),
    final as (
        select
            days.debit_id,
            days.posting_id,
            days.from_day,
            days.until_day,
        from days
        semi join made
            on days.debit_id = made.debit_id
            and days.posting_id = made.posting_id
            and days.from_day = made.from_day
    )
select * from final
