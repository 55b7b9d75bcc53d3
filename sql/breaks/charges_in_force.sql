-- row: one instalment with charges in force on it
-- key: lender, loan_id, instalment_no
with
    charges as (
        select
            lender,
            loan_id,
            instalment_no,
            kind,
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
            cast(
                sum(
                    case
                        when kind in ('late_interest', 'failed_debit_fee') then amount_minor
                        else 0
                    end
                ) as bigint
            ) as late_charged_minor,
            min(charged_on) as first_charged_on,
            max(charged_on) as last_charged_on,
        from charges
        group by
            lender,
            loan_id,
            instalment_no
    )
select * from final
