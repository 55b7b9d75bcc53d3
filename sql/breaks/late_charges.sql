-- row: one charge in force that the rule for lateness speaks of
-- key: lender, charge_id
with
    charges as (
        select
            lender,
            charge_id,
            loan_id,
            instalment_no,
            kind,
            amount_minor,
            charged_on,
        from staging.charges
        where status = 'charged' and amount_minor > 0
    ),
    final as (
        select
            lender,
            charge_id,
            loan_id,
            instalment_no,
            amount_minor,
            charged_on,
        from charges
        where kind in ('late_interest', 'failed_debit_fee')
    )
select * from final
