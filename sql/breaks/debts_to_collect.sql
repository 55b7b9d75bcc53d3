-- row: one sum to order again within the limits: an instalment, or the rest of a payoff
-- key: entry_id
-- Left out: loans with an order whose outcome is not known, lest the money be taken
-- twice; instalments of a loan whose payoff is to be collected; loans of which no order
-- tells the channel.
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    debts as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            due_date,
            amount_minor,
        from breaks.instalments_to_collect
        anti join breaks.payoffs_to_collect as payoffs
            using (lender, loan_id)
        union all by name
        select
            entry_id,
            lender,
            loan_id,
            due_date,
            amount_minor,
        from breaks.payoffs_to_collect
    ),
    orders as (
        select
            orders.lender,
            orders.loan_id,
            orders.channel,
            orders.order_no,
            orders.bank_code,
            orders.card_type,
            orders.card_no,
            orders.status,
            orders.requested_at,
        from staging.orders as orders
        semi join debts
            on orders.lender = debts.lender and orders.loan_id = debts.loan_id
    ),
    decided as (
        select
            channel,
            order_no,
        from staging.settlement_lines
        where kind = 'debit' and outcome in ('succeeded', 'failed')
    ),
    undecided as (
        select
            orders.lender,
            orders.loan_id,
        from orders
        anti join decided
            on orders.channel = decided.channel and orders.order_no = decided.order_no
        where orders.status <> 'failed'
    ),
    latest as (
        select *
        from orders
        qualify
            row_number() over (
                partition by lender, loan_id
                order by requested_at desc, channel, order_no desc
            ) = 1
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
    limits as (
        select
            limits.channel,
            limits.bank_code,
            limits.card_type,
            limits.per_debit_minor,
            limits.per_day_minor,
            limits.per_month_minor,
        from reference.limit_terms as limits
        inner join business_day
            on limits.valid_from <= business_day.business_date + 1
            and business_day.business_date + 1 < limits.valid_to
    ),
    final as (
        select
            debts.entry_id,
            debts.lender,
            debts.loan_id,
            debts.instalment_no,
            debts.due_date,
            debts.amount_minor,
            loans.borrower_ref,
            latest.channel,
            coalesce(latest.bank_code, loans.bank_code) as bank_code,
            coalesce(latest.card_no, loans.card_no) as card_no,
            limits.per_debit_minor,
            limits.per_day_minor,
            limits.per_month_minor,
        from debts
        inner join latest
            on debts.lender = latest.lender and debts.loan_id = latest.loan_id
        anti join undecided
            on debts.lender = undecided.lender and debts.loan_id = undecided.loan_id
        left join loans
            on debts.lender = loans.lender and debts.loan_id = loans.loan_id
        left join limits
            on latest.channel = limits.channel
            and coalesce(latest.bank_code, loans.bank_code) = limits.bank_code
            and limits.card_type
            in (coalesce(latest.card_type, loans.card_type, 'any'), 'any')
        -- a row for the card type beats a row for any card, as a whole
        qualify
            row_number() over (
                partition by debts.entry_id
                order by limits.card_type = 'any'
            ) = 1
    )
select * from final
