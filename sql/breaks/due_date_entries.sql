-- row: one entry of a statement that shows a balance of a due date in doubt
-- key: entry_id, statement_entry
-- The last entry before the day, whose balance is carried into it, and those of the
-- day.
with
    instalments as (
        select
            entry_id,
            lender,
            loan_id,
            due_date,
        from breaks.treated_as_late
    ),
    loans as (
        select
            lender,
            loan_id,
            borrower_ref,
            card_no,
        from staging.loans
    ),
    orders as (
        select
            instalment_entry,
            card_no,
        from staging.orders
    ),
    statements as (
        select
            entry_id,
            lender,
            borrower_ref,
            card_no,
            happened_at,
            amount_minor,
            balance_minor,
            place,
        from breaks.card_statements
        -- a wallet's statement tells no balance
        where balance_minor is not null
    ),
    owned as (
        select
            instalments.entry_id,
            instalments.lender,
            instalments.due_date,
            loans.borrower_ref,
            loans.card_no,
        from instalments
        inner join loans
            on instalments.lender = loans.lender
            and instalments.loan_id = loans.loan_id
    ),
    cards as (
        select
            entry_id,
            lender,
            borrower_ref,
            card_no,
            due_date,
        from owned
        union
        select
            owned.entry_id,
            owned.lender,
            owned.borrower_ref,
            orders.card_no,
            owned.due_date,
        from owned
        inner join orders on owned.entry_id = orders.instalment_entry
    ),
    entries as (
        select
            cards.entry_id,
            statements.entry_id as statement_entry,
            cards.card_no,
            statements.amount_minor,
            statements.balance_minor,
            statements.place,
            statements.happened_at >= cast(cards.due_date as timestamp)
                as is_of_the_day,
        from cards
        inner join statements
            on cards.lender = statements.lender
            and cards.borrower_ref = statements.borrower_ref
            and cards.card_no = statements.card_no
            and statements.happened_at < cast(cards.due_date + 1 as timestamp)
    ),
    final as (
        select
            entry_id,
            statement_entry,
            amount_minor,
            balance_minor,
            is_of_the_day,
        from entries
        qualify
            is_of_the_day
            or row_number() over (
                partition by entry_id, card_no, is_of_the_day
                order by place desc
            ) = 1
    )
select * from final
