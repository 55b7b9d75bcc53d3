-- row: how a lender saw one loan on one day
-- key: lender, loan_id, as_of
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    files as (
        select
            file_id,
            file_rank,
            lender,
        from staging.files
    ),
    delivered as (
        select
            file_id,
            line,
            loan_id,
            as_of,
            days_past_due,
            app_status,
            collection_stage,
            bureau_status,
            bureau_reported_on,
        from landing.account_status
    ),
    final as (
        select
            files.lender,
            delivered.loan_id,
            delivered.as_of,
            delivered.days_past_due,
            delivered.app_status,
            delivered.collection_stage,
            delivered.bureau_status,
            delivered.bureau_reported_on,
            delivered.file_id * 4294967296 + delivered.line as entry_id,
        from delivered
        inner join files on delivered.file_id = files.file_id
        inner join business_day on delivered.as_of <= business_day.business_date
        qualify
            row_number() over (
                partition by files.lender, delivered.loan_id, delivered.as_of
                order by files.file_rank desc, delivered.line desc
            ) = 1
    )
select * from final
