-- row: one debit or posting paired with another loan of the same borrower
-- key: entry_id
-- rank: 4
-- family: passes
with
    candidates as (
        select
            debit_id,
            posting_id,
        from matching.across_loans_candidates
    ),
    only_candidates as (
        select
            debit_id,
            posting_id,
        from candidates
        qualify
            count(*) over (partition by debit_id) = 1
            and count(*) over (partition by posting_id) = 1
    ),
    final as (
        select
            debit_id as entry_id,
            true as is_debit,
            debit_id as group_id,
        from only_candidates
        union all
        select
            posting_id as entry_id,
            false as is_debit,
            debit_id as group_id,
        from only_candidates
    )
select * from final
