-- row: one debit or posting that no pass up to by_amount_across_loans took in
-- key: entry_id
with
    entries as (
        select
            entry_id,
            side,
            channel,
            lender,
            loan_id,
            may_meet,
            amount_minor,
            universal_at,
        from matching.left_by_split_debits
    ),
    taken as (
        select entry_id
        from matching.by_amount_across_loans
    ),
    final as (
        select *
        from entries
        anti join taken on entries.entry_id = taken.entry_id
    )
select * from final
