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
    instalments as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            due_date,
            amount_due_minor,
        from staging.instalments
    ),
    lines as (
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
    delivered as not materialized (
        select
            files.lender,
            lines.channel,
            lines.order_no,
            lines.loan_id,
            lines.instalment_no,
            lines.purpose,
            lines.bank_code,
            lines.card_type,
            lines.card_no,
            lines.amount_minor,
            lines.requested_at,
            lines.status,
            lines.response_code,
            lines.file_id * 4294967296 + lines.line as entry_id,
            files.file_rank * 4294967296 + lines.line as place,
        from lines
        inner join files on lines.file_id = files.file_id
        inner join business_day on lines.requested_at < business_day.as_of
    ),
    repeated as (
        select
            lender,
            channel,
            order_no,
            max(place) as last_place,
        from delivered
        group by
            lender,
            channel,
            order_no
        having count(*) > 1
    ),
    final as (
        select
            delivered.lender,
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
            instalments.entry_id as instalment_entry,
            instalments.due_date as instalment_due_date,
            instalments.amount_due_minor,
            delivered.entry_id,
        from delivered
        left join repeated
            on delivered.lender = repeated.lender
            and delivered.channel = repeated.channel
            and delivered.order_no = repeated.order_no
        left join instalments
            on delivered.lender = instalments.lender
            and delivered.loan_id = instalments.loan_id
            and delivered.instalment_no = instalments.instalment_no
        where repeated.last_place is null or delivered.place = repeated.last_place
    )
select * from final
