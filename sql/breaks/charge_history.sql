-- row: one charge by the rule for lateness, in force on an instalment treated as late
--   or charged wrongly
-- key: lender, charge_id
-- kept: no
with
    instalments as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
        from breaks.questioned_instalments
    ),
    charges as (
        select
            lender,
            charge_id,
            loan_id,
            instalment_no,
            amount_minor,
            charged_on,
        from breaks.late_charges
    ),
    final as (
        select
            instalments.entry_id,
            charges.lender,
            charges.charge_id,
            charges.amount_minor,
            charges.charged_on,
        from instalments
        inner join charges
            on instalments.lender = charges.lender
            and instalments.loan_id = charges.loan_id
            and instalments.instalment_no = charges.instalment_no
    )
select * from final
