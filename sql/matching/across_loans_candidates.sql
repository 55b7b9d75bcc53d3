-- row: one open debit and one open posting of another loan that one borrower may share
-- key: debit_id, posting_id
with
    entries as (
        select
            entry_id,
            side,
            channel,
            lender,
            loan_id,
            card_no,
            order_card_no,
            amount_minor,
            universal_at,
            window_seconds,
        from matching.left_by_split_debits
        where may_meet
    ),
    loans as (
        select
            lender,
            loan_id,
            borrower_ref,
            card_no,
        from staging.loans
    ),
    entry_loans as (
        select
            entries.*,
            loans.borrower_ref,
            loans.card_no as loan_card_no,
        from entries
        left join loans
            on entries.lender = loans.lender and entries.loan_id = loans.loan_id
    ),
    debits as (
        select *
        from entry_loans
        where side = 'debit'
    ),
    postings as (
        select *
        from entry_loans
        where side = 'posting'
    ),
    debit_marks as (
        select entry_id, 'borrower' as mark, borrower_ref as value
        from debits
        union
        select entry_id, 'card' as mark, card_no as value
        from debits
        union
        select entry_id, 'card' as mark, order_card_no as value
        from debits
    ),
    posting_marks as (
        select entry_id, 'borrower' as mark, borrower_ref as value
        from postings
        union
        select entry_id, 'card' as mark, loan_card_no as value
        from postings
    ),
    final as (
        select
            debits.entry_id as debit_id,
            postings.entry_id as posting_id,
        from debits
        inner join debit_marks on debits.entry_id = debit_marks.entry_id
        inner join posting_marks
            on debit_marks.mark = posting_marks.mark
            and debit_marks.value = posting_marks.value
        inner join postings
            on posting_marks.entry_id = postings.entry_id
            and debits.lender = postings.lender
            and debits.amount_minor = postings.amount_minor
            -- on one loan they would have met in pass 2
            and (postings.channel is null or debits.channel = postings.channel)
            and abs(date_diff('second', debits.universal_at, postings.universal_at))
            <= coalesce(postings.window_seconds, debits.window_seconds)
        group by
            debits.entry_id,
            postings.entry_id
    )
select * from final
