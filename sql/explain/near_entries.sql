-- row: one debit or channel repayment with the loan or the amount of an asked entry
-- key: entry_id
with
    entries as (
        select
            entry_id,
            side,
            channel,
            lender,
            loan_id,
            order_no,
            card_no,
            order_card_no,
            amount_minor,
            universal_at,
            window_seconds,
            may_meet,
            taken_by_rank,
            taken_by,
        from explain.all_entries
    ),
    asked as (
        select
            entries.lender,
            entries.loan_id,
            entries.amount_minor,
        from entries
        semi join explain.asked_entries as asked_entries
            on entries.entry_id = asked_entries.entry_id
    ),
    near as (
        select entries.entry_id
        from entries
        semi join asked
            on entries.lender = asked.lender and entries.loan_id = asked.loan_id
        union
        select entries.entry_id
        from entries
        semi join asked
            on entries.lender = asked.lender
            and entries.amount_minor = asked.amount_minor
        union
        select entry_id
        from explain.asked_entries
    ),
    loans as (
        select
            lender,
            loan_id,
            borrower_ref,
            card_no,
        from staging.loans
    ),
    final as (
        select
            entries.entry_id,
            entries.side,
            entries.channel,
            entries.lender,
            entries.loan_id,
            entries.order_no,
            entries.amount_minor,
            entries.universal_at,
            entries.window_seconds,
            entries.may_meet,
            entries.taken_by_rank,
            entries.taken_by,
            loans.borrower_ref,
            case
                when entries.side = 'posting' then loans.card_no
                else entries.card_no
            end as card_no,
            entries.order_card_no,
        from entries
        semi join near on entries.entry_id = near.entry_id
        left join loans
            on entries.lender = loans.lender and entries.loan_id = loans.loan_id
    )
select * from final
