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
    lines as (
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
    delivered as not materialized (
        select
            files.lender,
            lines.charge_id,
            lines.loan_id,
            lines.instalment_no,
            lines.kind,
            lines.amount_minor,
            lines.charged_on,
            lines.status,
            lines.file_id * 4294967296 + lines.line as entry_id,
            files.file_rank * 4294967296 + lines.line as place,
        from lines
        inner join files on lines.file_id = files.file_id
        inner join business_day on lines.charged_on <= business_day.business_date
    ),
    repeated as (
        select
            lender,
            charge_id,
            max(place) as last_place,
        from delivered
        group by
            lender,
            charge_id
        having count(*) > 1
    ),
    final as (
        select
            delivered.lender,
            delivered.charge_id,
            delivered.loan_id,
            delivered.instalment_no,
            delivered.kind,
            delivered.amount_minor,
            delivered.charged_on,
            delivered.status,
            delivered.entry_id,
        from delivered
        left join repeated
            on delivered.lender = repeated.lender
            and delivered.charge_id = repeated.charge_id
        where repeated.last_place is null or delivered.place = repeated.last_place
    )
select * from final
