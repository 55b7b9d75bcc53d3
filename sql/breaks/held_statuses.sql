-- row: one loan as its lender saw it on a day, and the due date it held against the
--   borrower
-- key: lender, loan_id, as_of
-- kept: no
with
    final as (
        select
            entry_id,
            lender,
            loan_id,
            as_of,
            as_of - cast(days_past_due as integer) as held_due_date,
            days_past_due > 0
                or app_status = 'overdue'
                or collection_stage <> 'none'
                or coalesce(
                    bureau_status in ('1', '2', '3', '4', '5', '6', '7', 'B'), false
                )
                as is_held_late,
            collection_stage,
            bureau_status,
            bureau_reported_on,
        from staging.account_status
    )
select * from final
