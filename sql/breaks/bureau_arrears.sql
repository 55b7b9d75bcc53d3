-- row: one instalment in arrears in a month reported to the bureau, as the ledger saw
--   it and as it was
-- key: lender, loan_id, month, entry_id
with
    months as (
        select
            lender,
            loan_id,
            month,
            entry_id as wronged_id,
            due_date as first_due_date,
            reported_on,
        from breaks.bureau_months
    ),
    due as (
        select
            months.lender,
            months.loan_id,
            months.month,
            months.reported_on,
            months.wronged_id,
            instalments.entry_id,
            instalments.due_date,
            instalments.amount_due_minor,
        from months
        inner join staging.instalments as instalments
            on months.lender = instalments.lender
            and months.loan_id = instalments.loan_id
        where
            instalments.entry_id = months.wronged_id
            or (
                months.first_due_date <= instalments.due_date
                and instalments.due_date < months.reported_on
            )
    ),
    posted as (
        select
            due.month,
            due.entry_id,
            sum(repayments.amount_minor) as posted_minor,
        from due
        inner join staging.repayments as repayments
            on due.entry_id = repayments.instalment_entry
            and cast(repayments.posted_at as date) <= due.reported_on
        group by
            due.month,
            due.entry_id
    ),
    money as (
        select
            due.month,
            due.entry_id,
            sum(money.amount_minor) as covering_minor,
        from due
        inner join breaks.covering_money as money
            on due.entry_id = money.instalment_entry
            and money.counts_on <= due.reported_on
        group by
            due.month,
            due.entry_id
    ),
    late as (
        select late.entry_id
        from breaks.late_instalments as late
        anti join breaks.explanations as explanations
            on late.entry_id = explanations.instalment_id
    ),
    final as (
        select
            due.lender,
            due.loan_id,
            due.month,
            due.entry_id,
            due.due_date,
            cast(due.amount_due_minor - coalesce(posted.posted_minor, 0) as bigint)
                as unposted_minor,
            cast(due.amount_due_minor - coalesce(money.covering_minor, 0) as bigint)
                as uncovered_minor,
            late.entry_id is not null
                and due.amount_due_minor > coalesce(money.covering_minor, 0)
                as was_in_arrears,
        from due
        left join posted
            on due.month = posted.month and due.entry_id = posted.entry_id
        left join money on due.month = money.month and due.entry_id = money.entry_id
        left join late on due.entry_id = late.entry_id
        where
            due.amount_due_minor > coalesce(posted.posted_minor, 0)
            or due.entry_id = due.wronged_id
    )
select * from final
