-- row: one instalment with charges in force on it
-- key: lender, loan_id, instalment_no
with
    charges as (
        select
            lender,
            loan_id,
            instalment_no,
            amount_minor,
            charged_on,
        from staging.charges
        where status = 'charged' and instalment_no is not null and amount_minor > 0
    ),
    final as (
        select
            lender,
            loan_id,
            instalment_no,
            cast(sum(amount_minor) as bigint) as charged_minor,
            min(charged_on) as first_charged_on,
        from charges
        group by
            lender,
            loan_id,
            instalment_no
    )
select * from final
