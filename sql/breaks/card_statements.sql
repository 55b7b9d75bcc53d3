-- row: one entry of a statement, with the borrower and the card it belongs to
-- key: entry_id
with
    entries as (
        select
            entry_id,
            lender,
            loan_id,
            card_no,
            happened_at,
            amount_minor,
            balance_minor,
            handed_in_on,
        from staging.statement_entries
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
            entries.lender,
            loans.borrower_ref,
            coalesce(entries.card_no, loans.card_no) as card_no,
            entries.happened_at,
            entries.amount_minor,
            entries.balance_minor,
            entries.handed_in_on,
            -- entries of one second follow each other as the bank printed them
            row_number() over (
                partition by
                    entries.lender,
                    loans.borrower_ref,
                    coalesce(entries.card_no, loans.card_no)
                order by
                    entries.happened_at,
                    entries.handed_in_on,
                    entries.entry_id % 4294967296
            ) as place,
        from entries
        inner join loans
            on entries.lender = loans.lender and entries.loan_id = loans.loan_id
    )
select * from final
