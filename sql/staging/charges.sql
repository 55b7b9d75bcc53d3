-- row: one charge as last booked
-- key: lender, charge_id
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
            charge_id,
            loan_id,
            instalment_no,
            kind,
            amount_minor,
            charged_on,
            status,
        from landing.charges
    ),
    final as (
        select
            files.lender,
            delivered.charge_id,
            delivered.loan_id,
            delivered.instalment_no,
            delivered.kind,
            delivered.amount_minor,
            delivered.charged_on,
            delivered.status,
            delivered.file_id * 4294967296 + delivered.line as entry_id,
        from delivered
        inner join files on delivered.file_id = files.file_id
        inner join business_day on delivered.charged_on <= business_day.business_date
        qualify
            row_number() over (
                partition by files.lender, delivered.charge_id
                order by files.file_rank desc, delivered.line desc
            ) = 1
    )
select * from final
