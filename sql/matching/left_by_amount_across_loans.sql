-- row: one debit or posting that no pass up to by_amount_across_loans took in
-- key: entry_id
with
    entries as (
        select
            entry_id,
            side,
            entry_ref,
            channel,
            lender,
            loan_id,
            instalment_no,
            may_meet,
            card_no,
            order_card_no,
            amount_minor,
            universal_at,
            window_seconds,
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
