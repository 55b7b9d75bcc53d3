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
    delivered as (
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
    final as (
        select
            files.lender,
            delivered.entry_ref,
            delivered.account,
            delivered.booked_on,
            delivered.amount_minor,
            delivered.channel,
            delivered.settle_date,
            delivered.file_id * 4294967296 + delivered.line as entry_id,
        from delivered
        inner join files on delivered.file_id = files.file_id
        inner join business_day on delivered.booked_on <= business_day.business_date
        qualify
            row_number() over (
                partition by files.lender, delivered.entry_ref
                order by files.file_rank desc, delivered.line desc
            ) = 1
    )
select * from final
