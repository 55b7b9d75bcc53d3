-- row: one debit or posting that no pass took in
-- key: entry_id
with
    entries as (
        select
            entry_id,
            side,
        from matching.left_by_amount_across_loans
    ),
    taken as (
        select entry_id
        from matching.by_loan_and_amount_late
    ),
    final as (
        select *
        from entries
        anti join taken on entries.entry_id = taken.entry_id
    )
select * from final
