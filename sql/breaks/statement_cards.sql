-- row: one entry of a statement that names a card by its last four digits only, with
--   the card of the loan or its orders that ends in them
-- key: entry_id
-- Two cards that end alike are told apart by nothing, so neither is taken.
with
    entries as (
        select
            entry_id,
            lender,
            loan_id,
            card_no,
        from staging.statement_entries
        where card_no like '******%'
    ),
    cards as (
        select
            lender,
            loan_id,
            card_no,
        from staging.loans
        union
        select
            lender,
            loan_id,
            card_no,
        from staging.orders
    ),
    final as (
        select
            entries.entry_id,
            any_value(cards.card_no) as card_no,
        from entries
        inner join cards
            on entries.lender = cards.lender
            and entries.loan_id = cards.loan_id
            and right(entries.card_no, 4) = right(cards.card_no, 4)
        group by entries.entry_id
        having count(*) = 1
    )
select * from final
