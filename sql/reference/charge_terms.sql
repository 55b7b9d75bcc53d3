-- row: what one lender may charge for lateness, for one product or any, for one span
--   of days
-- key: lender, product_or_any, valid_from
with
    charge_rules as (
        select
            lender,
            product,
            late_interest_rate_per_day,
            failed_debit_fee_minor,
            grace_days,
            valid_from,
            valid_to,
        from reference.charge_rules
    ),
    final as (
        select
            lender,
            product,
            coalesce(product, '') as product_or_any,
            late_interest_rate_per_day,
            failed_debit_fee_minor,
            grace_days,
            coalesce(valid_from, date '0001-01-01') as valid_from,
            coalesce(valid_to, date '9999-12-31') as valid_to,
        from charge_rules
    )
select * from final
