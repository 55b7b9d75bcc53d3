-- row: one booking on a lender's own bank account
-- key: lender, entry_ref
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
            entry_ref,
            account,
            booked_on,
            amount_minor,
            channel,
            settle_date,
        from landing.bank_receipts
    ),
    delivered as not materialized (
        select
            files.lender,
            lines.entry_ref,
            lines.account,
            lines.booked_on,
            lines.amount_minor,
            lines.channel,
            lines.settle_date,
            lines.file_id * 4294967296 + lines.line as entry_id,
            files.file_rank * 4294967296 + lines.line as place,
        from lines
        inner join files on lines.file_id = files.file_id
        inner join business_day on lines.booked_on <= business_day.business_date
    ),
    repeated as (
        select
            lender,
            entry_ref,
            max(place) as last_place,
        from delivered
        group by
            lender,
            entry_ref
        having count(*) > 1
    ),
    final as (
        select
            delivered.lender,
            delivered.entry_ref,
            delivered.account,
            delivered.booked_on,
            delivered.amount_minor,
            delivered.channel,
            delivered.settle_date,
            delivered.entry_id,
        from delivered
        left join repeated
            on delivered.lender = repeated.lender
            and delivered.entry_ref = repeated.entry_ref
        where repeated.last_place is null or delivered.place = repeated.last_place
    )
select * from final
