-- row: one entry of a bank statement that a borrower handed in
-- key: lender, loan_id, entry_no
with
    business_day as (
        select as_of
        from reference.business_day
    ),
    files as (
        select
            file_id,
            file_rank,
            lender,
            business_date,
        from staging.files
    ),
    lines as (
        select
            file_id,
            line,
            loan_id,
            entry_no,
            card_no,
            happened_at,
            amount_minor,
            balance_minor,
            has_time,
        from landing.borrower_statements
    ),
    delivered as not materialized (
        select
            files.lender,
            lines.loan_id,
            lines.entry_no,
            lines.card_no,
            lines.happened_at,
            lines.amount_minor,
            lines.balance_minor,
            coalesce(lines.has_time, true) as has_time,
            files.business_date as handed_in_on,
            files.file_rank,
            lines.line,
            lines.file_id * 4294967296 + lines.line as entry_id,
            files.file_rank * 4294967296 + lines.line as place,
        from lines
        inner join files on lines.file_id = files.file_id
        inner join business_day on lines.happened_at < business_day.as_of
    ),
    repeated as (
        select
            lender,
            loan_id,
            entry_no,
            max(place) as last_place,
        from delivered
        group by
            lender,
            loan_id,
            entry_no
        having count(*) > 1
    ),
    final as (
        select
            delivered.lender,
            delivered.loan_id,
            delivered.entry_no,
            delivered.card_no,
            delivered.happened_at,
            delivered.amount_minor,
            delivered.balance_minor,
            delivered.has_time,
            delivered.handed_in_on,
            delivered.file_rank,
            delivered.line,
            delivered.entry_id,
        from delivered
        left join repeated
            on delivered.lender = repeated.lender
            and delivered.loan_id = repeated.loan_id
            and delivered.entry_no = repeated.entry_no
        where repeated.last_place is null or delivered.place = repeated.last_place
    )
select * from final
