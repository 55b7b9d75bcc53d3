-- row: one loan as its lender saw it last, and the due date it held against the
--   borrower
-- key: lender, loan_id
with
    statuses as (
        select
            entry_id,
            lender,
            loan_id,
            as_of,
            held_due_date,
            is_held_late,
            collection_stage,
            bureau_status,
            bureau_reported_on,
        from breaks.held_statuses
    ),
    latest as (
        select *
        from statuses
        qualify
            row_number() over (
                partition by lender, loan_id
                order by as_of desc
            ) = 1
    ),
    unbroken as (
        select
            latest.lender,
            latest.loan_id,
            max(statuses.as_of) filter (
                not statuses.is_held_late
                or statuses.held_due_date <> latest.held_due_date
            ) as broken_on,
        from latest
        inner join statuses
            on latest.lender = statuses.lender
            and latest.loan_id = statuses.loan_id
        where latest.is_held_late
        group by
            latest.lender,
            latest.loan_id
    ),
    held as (
        select
            statuses.lender,
            statuses.loan_id,
            min(statuses.as_of) as held_since,
        from statuses
        inner join unbroken
            on statuses.lender = unbroken.lender
            and statuses.loan_id = unbroken.loan_id
            and (unbroken.broken_on is null or statuses.as_of > unbroken.broken_on)
        group by
            statuses.lender,
            statuses.loan_id
    ),
    final as (
        select
            latest.entry_id,
            latest.lender,
            latest.loan_id,
            latest.as_of,
            held.held_since,
            latest.held_due_date,
            latest.is_held_late,
            latest.collection_stage,
            latest.bureau_status,
            latest.bureau_reported_on,
        from latest
        left join held
            on latest.lender = held.lender and latest.loan_id = held.loan_id
    )
select * from final
