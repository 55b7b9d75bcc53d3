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
            has_time,
            handed_in_on,
            file_rank,
            line,
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
    cards as (
        select
            entry_id,
            card_no,
        from breaks.statement_cards
    ),
    orders_of_lines as (
        select
            file_rank,
            loan_id,
            is_newest_first,
        from breaks.statement_order
    ),
    owned as (
        select
            entries.entry_id,
            entries.lender,
            loans.borrower_ref,
            coalesce(cards.card_no, entries.card_no, loans.card_no) as card_no,
            entries.happened_at,
            entries.amount_minor,
            entries.balance_minor,
            entries.has_time,
            entries.handed_in_on,
            entries.file_rank,
            case
                when orders_of_lines.is_newest_first then -entries.line
                else entries.line
            end as line_in_time,
        from entries
        inner join loans
            on entries.lender = loans.lender and entries.loan_id = loans.loan_id
        inner join orders_of_lines
            on entries.file_rank = orders_of_lines.file_rank
            and entries.loan_id = orders_of_lines.loan_id
        left join cards on entries.entry_id = cards.entry_id
    ),
    final as (
        select
            entry_id,
            lender,
            borrower_ref,
            card_no,
            happened_at,
            amount_minor,
            balance_minor,
            has_time,
            handed_in_on,
            -- entries of one second follow each other as they happened, as far as the
            -- bank's printing tells
            row_number() over (
                partition by lender, borrower_ref, card_no
                order by happened_at, handed_in_on, file_rank, line_in_time
            ) as place,
        from owned
    )
select * from final
