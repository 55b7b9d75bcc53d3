-- row: one debit order to a bank that states limits, with its card and those in force
-- key: entry_id
with
    limits as (
        select
            channel,
            bank_code,
            card_type,
            per_debit_minor,
            per_day_minor,
            per_month_minor,
            valid_from,
            valid_to,
        from reference.limit_terms
    ),
    limited_banks as (
        select
            channel,
            bank_code,
        from limits
        group by
            channel,
            bank_code
    ),
    orders as (
        select
            lender,
            channel,
            order_no,
            loan_id,
            bank_code,
            card_type,
            card_no,
            amount_minor,
            requested_at,
            status,
            entry_id,
        from staging.latest_orders
        semi join limited_banks
            on latest_orders.channel = limited_banks.channel
            and (
                latest_orders.bank_code = limited_banks.bank_code
                or latest_orders.bank_code is null
            )
    ),
    loans as (
        select
            lender,
            loan_id,
            borrower_ref,
            bank_code,
            card_type,
            card_no,
        from staging.loans
    ),
    cards as (
        select
            orders.entry_id,
            orders.lender,
            orders.channel,
            orders.order_no,
            loans.borrower_ref,
            coalesce(orders.bank_code, loans.bank_code) as bank_code,
            coalesce(orders.card_type, loans.card_type) as card_type,
            coalesce(orders.card_no, loans.card_no) as card_no,
            orders.status,
            orders.amount_minor,
            orders.requested_at,
        from orders
        left join loans
            on orders.lender = loans.lender and orders.loan_id = loans.loan_id
        semi join limited_banks
            on orders.channel = limited_banks.channel
            and coalesce(orders.bank_code, loans.bank_code) = limited_banks.bank_code
    ),
    final as (
        select
            cards.entry_id,
            cards.lender,
            cards.channel,
            cards.order_no,
            cards.borrower_ref,
            cards.bank_code,
            cards.card_no,
            cards.status,
            cards.amount_minor,
            cards.requested_at,
            -- a row for the card type beats a row for any card, as a whole
            case
                when own_type.channel is not null then own_type.per_debit_minor
                else any_type.per_debit_minor
            end as per_debit_minor,
            case
                when own_type.channel is not null then own_type.per_day_minor
                else any_type.per_day_minor
            end as per_day_minor,
            case
                when own_type.channel is not null then own_type.per_month_minor
                else any_type.per_month_minor
            end as per_month_minor,
        from cards
        left join limits as own_type
            on cards.channel = own_type.channel
            and cards.bank_code = own_type.bank_code
            and cards.card_type = own_type.card_type
            and own_type.valid_from <= cast(cards.requested_at as date)
            and cast(cards.requested_at as date) < own_type.valid_to
        left join limits as any_type
            on cards.channel = any_type.channel
            and cards.bank_code = any_type.bank_code
            and any_type.card_type = 'any'
            and any_type.valid_from <= cast(cards.requested_at as date)
            and cast(cards.requested_at as date) < any_type.valid_to
    )
select * from final
