-- row: one balance that a borrower's card may have shown when an order was refused for
--   lack of funds, and the days on which nothing handed in said otherwise
-- key: entry_id, statement_entry
-- The last one at or before the request; and those of entries of that day whose hour is
-- not known, which may have come before the order or after it. A statement handed in
-- later may show an entry in between.
with
    refused as (
        select
            entry_id,
            refused_since,
            refused_until,
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
            amount_minor,
            balance_minor,
            has_time,
            handed_in_on,
            place,
        from breaks.card_statements
        -- a wallet's statement tells no balance
        where balance_minor is not null
    ),
    entries_before as (
        select
            orders.entry_id,
            orders.amount_minor as ordered_minor,
            orders.requested_at,
            refused.refused_since,
            refused.refused_until,
            statements.entry_id as statement_entry,
            statements.amount_minor,
            statements.balance_minor,
            statements.handed_in_on,
            statements.place,
            not statements.has_time
            and cast(statements.happened_at as date)
            = cast(orders.requested_at as date) as is_of_unknown_hour,
        from orders
        inner join refused on orders.entry_id = refused.entry_id
        inner join loans
            on orders.lender = loans.lender and orders.loan_id = loans.loan_id
        anti join beyond_collection on orders.entry_id = beyond_collection.entry_id
        inner join statements
            on orders.lender = statements.lender
            and loans.borrower_ref = statements.borrower_ref
            and coalesce(orders.card_no, loans.card_no) = statements.card_no
            and statements.happened_at <= orders.requested_at
    ),
    followed as (
        select
            *,
            min(handed_in_on) over (
                partition by entry_id, is_of_unknown_hour
                order by place
                rows between 1 following and unbounded following
            ) as next_handed_in_on,
        from entries_before
    ),
    final as (
        select
            entry_id,
            ordered_minor,
            requested_at,
            refused_since,
            refused_until,
            statement_entry,
            case
                when is_of_unknown_hour
                    then least(balance_minor, balance_minor - amount_minor)
                else balance_minor
            end as balance_minor,
            handed_in_on,
            case
                when not is_of_unknown_hour then next_handed_in_on
            end as until_day,
            place,
        from followed
        where
            is_of_unknown_hour
            or next_handed_in_on is null
            or handed_in_on < next_handed_in_on
    )
select * from final
