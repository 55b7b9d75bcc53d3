-- row: one debit order refused for lack of funds although the borrower's statement
--   shows them
-- key: entry_id
-- rank: 27
-- family: collection
-- subject: order
-- zh: 余额充足仍扣款失败
-- severity: high
-- means: The bank refused the debit for lack of funds while the card held enough.
-- remedy: Send the statement to the bank and claim what the refusal cost the borrower.
with
    refused as (
        select entry_id
        from breaks.refused_for_funds
    ),
    beyond_collection as (
        select entry_id
        from breaks.orders_beyond_collection
    ),
    orders as (
        select
            entry_id,
            lender,
            loan_id,
            card_no,
            amount_minor,
            requested_at,
        from staging.orders
    ),
    loans as (
        select
            lender,
            loan_id,
            borrower_ref,
            card_no,
        from staging.loans
    ),
    statements as (
        select
            entry_id,
            lender,
            borrower_ref,
            card_no,
            happened_at,
            balance_minor,
            handed_in_on,
            place,
        from breaks.card_statements
    ),
    balances as (
        select
            orders.entry_id,
            orders.amount_minor,
            orders.requested_at,
            statements.entry_id as statement_entry,
            statements.balance_minor,
            statements.handed_in_on,
        from orders
        semi join refused on orders.entry_id = refused.entry_id
        inner join loans
            on orders.lender = loans.lender and orders.loan_id = loans.loan_id
        anti join beyond_collection on orders.entry_id = beyond_collection.entry_id
        inner join statements
            on orders.lender = statements.lender
            and loans.borrower_ref = statements.borrower_ref
            and coalesce(orders.card_no, loans.card_no) = statements.card_no
            and statements.happened_at <= orders.requested_at
        qualify
            row_number() over (
                partition by orders.entry_id
                order by statements.place desc
            ) = 1
    ),
    final as (
        select
            entry_id,
            'bank_refused_covered_debit' as cause,
            amount_minor as ledger_amount_minor,
            balance_minor as channel_amount_minor,
            statement_entry,
            greatest(cast(requested_at as date), handed_in_on) as event_on,
            greatest(cast(requested_at as date), handed_in_on) as true_since,
        from balances
        where balance_minor >= amount_minor
    )
select * from final
