-- row: one instalment in doubt, with its loan and the charge rule of its due date
-- key: entry_id
with
    in_doubt as (
        select
            entry_id,
            is_paid,
            is_due,
        from breaks.instalments_in_doubt
    ),
    instalments as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            due_date,
            amount_due_minor,
        from staging.instalments
    ),
    loans as (
        select
            lender,
            loan_id,
            product,
            status,
        from staging.loans
    ),
    rules as (
        select
            lender,
            product,
            late_interest_rate_per_day,
            failed_debit_fee_minor,
            grace_days,
            valid_from,
            valid_to,
        from reference.charge_terms
    ),
    final as (
        select
            instalments.entry_id,
            instalments.lender,
            instalments.loan_id,
            instalments.instalment_no,
            instalments.due_date,
            in_doubt.is_due,
            in_doubt.is_paid,
            instalments.amount_due_minor,
            coalesce(loans.status = 'closed', false) as is_closed,
            coalesce(own_product.lender, any_product.lender) is not null as has_rule,
            coalesce(
                own_product.late_interest_rate_per_day,
                any_product.late_interest_rate_per_day
            ) as late_interest_rate_per_day,
            coalesce(
                own_product.failed_debit_fee_minor,
                any_product.failed_debit_fee_minor
            ) as failed_debit_fee_minor,
            -- without a rule nobody granted any grace
            instalments.due_date + cast(
                coalesce(own_product.grace_days, any_product.grace_days, 0) as integer
            ) as last_day_in_time,
        from instalments
        inner join in_doubt on instalments.entry_id = in_doubt.entry_id
        left join loans
            on instalments.lender = loans.lender
            and instalments.loan_id = loans.loan_id
        left join rules as own_product
            on instalments.lender = own_product.lender
            and loans.product = own_product.product
            and own_product.valid_from <= instalments.due_date
            and instalments.due_date < own_product.valid_to
        left join rules as any_product
            on instalments.lender = any_product.lender
            and any_product.product is null
            and any_product.valid_from <= instalments.due_date
            and instalments.due_date < any_product.valid_to
    )
select * from final
