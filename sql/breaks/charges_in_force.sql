-- row: one instalment with charges in force on it
-- key: instalment_entry
with
    charges as (
        select
            lender,
            loan_id,
            instalment_no,
            amount_minor,
            charged_on,
        from staging.charges
        where status = 'charged' and amount_minor > 0
    ),
    instalments as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
        from staging.instalments
    ),
    final as (
        select
            instalments.entry_id as instalment_entry,
            cast(sum(charges.amount_minor) as bigint) as charged_minor,
            min(charges.charged_on) as first_charged_on,
        from charges
        inner join instalments
            on charges.lender = instalments.lender
            and charges.loan_id = instalments.loan_id
            and charges.instalment_no = instalments.instalment_no
        group by instalments.entry_id
    )
select * from final
