-- row: one debit or posting that no pass up to by_split_debits took in
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
            card_no,
            order_card_no,
            amount_minor,
            universal_at,
            window_seconds,
        from matching.left_by_loan_and_amount
    ),
    taken as (
        select entry_id
        from matching.by_split_debits
    ),
    final as (
        select *
        from entries
        anti join taken on entries.entry_id = taken.entry_id
    )
select * from final
