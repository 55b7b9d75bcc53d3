-- row: one instalment treated as late, and what statements show of its due date
-- key: entry_id
-- The balance carried into the day, and the balance before and after each entry of it.
with
    instalments as (
        select
            entry_id,
            lender,
            loan_id,
            due_date,
            amount_due_minor,
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
        where card_no is not null
    ),
    statements as (
        select
            lender,
            borrower_ref,
            card_no,
            happened_at,
            amount_minor,
            balance_minor,
            place,
        from breaks.card_statements
    ),
    cards as (
        select
            instalments.entry_id,
            instalments.lender,
            loans.borrower_ref,
            loans.card_no,
            instalments.due_date,
        from instalments
        inner join loans
            on instalments.lender = loans.lender
            and instalments.loan_id = loans.loan_id
        union
        select
            instalments.entry_id,
            instalments.lender,
            loans.borrower_ref,
            orders.card_no,
            instalments.due_date,
        from instalments
        inner join loans
            on instalments.lender = loans.lender
            and instalments.loan_id = loans.loan_id
        inner join orders
            on instalments.entry_id = orders.instalment_entry
    ),
    entries as (
        select
            cards.entry_id,
            cards.card_no,
            cards.due_date,
            statements.happened_at,
            statements.amount_minor,
            statements.balance_minor,
            statements.place,
        from cards
        inner join statements
            on cards.lender = statements.lender
            and cards.borrower_ref = statements.borrower_ref
            and cards.card_no = statements.card_no
            and statements.happened_at < cast(cards.due_date + 1 as timestamp)
    ),
    carried_in as (
        select
            entry_id,
            balance_minor,
        from entries
        where happened_at < cast(due_date as timestamp)
        qualify
            row_number() over (
                partition by entry_id, card_no
                order by place desc
            ) = 1
    ),
    that_day as (
        select
            entry_id,
            greatest(balance_minor, balance_minor - amount_minor) as balance_minor,
        from entries
        where happened_at >= cast(due_date as timestamp)
    ),
    moments as (
        select entry_id, balance_minor from carried_in
        union all
        select entry_id, balance_minor from that_day
    ),
    final as (
        select
            instalments.entry_id,
            max(moments.balance_minor) >= instalments.amount_due_minor as shows_funds,
        from instalments
        inner join moments on instalments.entry_id = moments.entry_id
        group by
            instalments.entry_id,
            instalments.amount_due_minor
    )
select * from final
