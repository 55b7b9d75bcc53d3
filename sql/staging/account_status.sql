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
    lines as (
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
    delivered as not materialized (
        select
            files.lender,
            lines.loan_id,
            lines.as_of,
            lines.days_past_due,
            lines.app_status,
            lines.collection_stage,
            lines.bureau_status,
            lines.bureau_reported_on,
            lines.file_id * 4294967296 + lines.line as entry_id,
            files.file_rank * 4294967296 + lines.line as place,
        from lines
        inner join files on lines.file_id = files.file_id
        inner join business_day on lines.as_of <= business_day.business_date
    ),
    repeated as (
        select
            lender,
            loan_id,
            as_of,
            max(place) as last_place,
        from delivered
        group by
            lender,
            loan_id,
            as_of
        having count(*) > 1
    ),
    final as (
        select
            delivered.lender,
            delivered.loan_id,
            delivered.as_of,
            delivered.days_past_due,
            delivered.app_status,
            delivered.collection_stage,
            delivered.bureau_status,
            delivered.bureau_reported_on,
            delivered.entry_id,
        from delivered
        left join repeated
            on delivered.lender = repeated.lender
            and delivered.loan_id = repeated.loan_id
            and delivered.as_of = repeated.as_of
        where repeated.last_place is null or delivered.place = repeated.last_place
    )
select * from final
