-- row: one month in which a wrongly overdue loan was reported to the credit bureau as
--   late
-- key: lender, loan_id, month
with
    treated as (
        select
            treated.entry_id,
            treated.lender,
            treated.loan_id,
            treated.due_date,
            treated.treated_since,
        from breaks.treated_as_late as treated
        inner join breaks.wrongly_overdue as wronged
            on treated.entry_id = wronged.entry_id
            and wronged.bureau_correction is not null
    ),
    statuses as (
        select
            lender,
            loan_id,
            as_of,
            as_of - cast(days_past_due as integer) as held_due_date,
            bureau_status,
            bureau_reported_on,
        from staging.account_status
        where bureau_status in ('1', '2', '3', '4', '5', '6', '7', 'B')
    ),
    reported as (
        select
            treated.entry_id,
            treated.lender,
            treated.loan_id,
            treated.due_date,
            coalesce(statuses.bureau_reported_on, treated.treated_since)
                as reported_on,
            statuses.as_of,
            statuses.bureau_status,
        from treated
        inner join statuses
            on treated.lender = statuses.lender
            and treated.loan_id = statuses.loan_id
            and treated.due_date = statuses.held_due_date
    ),
    final as (
        select
            lender,
            loan_id,
            strftime(reported_on, '%Y-%m') as month,
            entry_id,
            due_date,
            reported_on,
            bureau_status,
        from reported
        -- what the bureau was told last in a month is what stands there
        qualify
            row_number() over (
                partition by lender, loan_id, date_trunc('month', reported_on)
                order by as_of desc
            ) = 1
    )
select * from final
