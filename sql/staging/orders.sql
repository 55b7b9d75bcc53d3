-- row: one debit order: what a lender asked a channel to collect
-- key: lender, channel, order_no
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
        from staging.files
    ),
    delivered as (
        select
            file_id,
            line,
            channel,
            order_no,
            loan_id,
            instalment_no,
            purpose,
            bank_code,
            card_type,
            card_no,
            amount_minor,
            requested_at,
            status,
            response_code,
        from landing.debit_orders
    ),
    final as (
        select
            files.lender,
            delivered.channel,
            delivered.order_no,
            delivered.loan_id,
            delivered.instalment_no,
            delivered.purpose,
            delivered.bank_code,
            delivered.card_type,
            delivered.card_no,
            delivered.amount_minor,
            delivered.requested_at,
            delivered.status,
            delivered.response_code,
            delivered.file_id * 4294967296 + delivered.line as entry_id,
        from delivered
        inner join files on delivered.file_id = files.file_id
        inner join business_day on delivered.requested_at < business_day.as_of
        qualify
            row_number() over (
                partition by files.lender, delivered.channel, delivered.order_no
                order by files.file_rank desc, delivered.line desc
            ) = 1
    )
select * from final
