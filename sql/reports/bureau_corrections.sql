-- row: one month of one loan to be corrected at the credit bureau, sorted by lender,
--   loan and month
-- key: lender, loan_id, month
-- The letters are those of the second generation of the central bank's credit
-- reporting: N normal, 1 to 7 by days late, B bad debt.
with
    breaks as (
        select
            break_id,
            lender,
            borrower_ref,
            loan_id,
            instalment_no,
            due_date,
            currency,
            cause,
            liable,
            proof,
            sources,
        from reports.breaks
        where bureau_correction is not null
    ),
    months as (
        select
            lender,
            loan_id,
            month,
            due_date,
            reported_on,
            bureau_status,
        from breaks.bureau_months
    ),
    arrears as (
        select
            lender,
            loan_id,
            month,
            count(*) as periods_before,
            count(*) filter (was_in_arrears) as periods_after,
            cast(sum(greatest(unposted_minor, 0)) as bigint) as before_minor,
            cast(coalesce(sum(uncovered_minor) filter (was_in_arrears), 0) as bigint)
                as after_minor,
            min(due_date) filter (was_in_arrears) as in_arrears_since,
        from breaks.bureau_arrears
        group by
            lender,
            loan_id,
            month
    ),
    last_repayments as (
        select
            lender,
            loan_id,
            month,
            repaid_on,
            amount_minor,
        from breaks.last_repayments
    ),
    final as (
        select
            months.lender,
            breaks.borrower_ref,
            months.loan_id,
            breaks.instalment_no,
            months.month,
            months.reported_on,
            months.bureau_status as reported_status,
            case
                when arrears.in_arrears_since is null then 'N'
                else cast(
                    least(
                        (months.reported_on - arrears.in_arrears_since + 29) // 30, 7
                    ) as varchar
                )
            end as corrected_status,
            arrears.periods_before as overdue_periods_before,
            arrears.periods_after as overdue_periods_after,
            -- a ledger with all the money posted does not tell what it held overdue
            nullif(arrears.before_minor, 0) as overdue_amount_before_minor,
            arrears.after_minor as overdue_amount_after_minor,
            last_repayments.repaid_on as last_repaid_on,
            last_repayments.amount_minor as last_repayment_minor,
            breaks.currency,
            breaks.cause,
            breaks.liable,
            breaks.proof,
            breaks.break_id,
            breaks.sources,
        from months
        inner join breaks
            on months.lender = breaks.lender
            and months.loan_id = breaks.loan_id
            and months.due_date = breaks.due_date
        left join arrears
            on months.lender = arrears.lender
            and months.loan_id = arrears.loan_id
            and months.month = arrears.month
        left join last_repayments
            on months.lender = last_repayments.lender
            and months.loan_id = last_repayments.loan_id
            and months.month = last_repayments.month
        order by
            months.lender,
            months.loan_id,
            months.month
    )
select * from final
