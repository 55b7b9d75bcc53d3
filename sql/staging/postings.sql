-- row: one posting, repayment or reversal, as last booked
-- key: lender, posting_id
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
    orders as (
        select
            entry_id,
            lender,
            channel,
            order_no,
            loan_id,
            instalment_no,
            instalment_entry,
        from staging.orders
    ),
    lines as (
        select
            file_id,
            line,
            posting_id,
            loan_id,
            instalment_no,
            order_no,
            channel,
            amount_minor,
            posted_at,
            value_date,
            kind,
            reverses,
        from landing.postings
    ),
    delivered as not materialized (
        select
            files.lender,
            lines.posting_id,
            lines.loan_id,
            lines.instalment_no,
            lines.order_no,
            lines.channel,
            lines.amount_minor,
            lines.posted_at,
            lines.value_date,
            lines.kind,
            lines.reverses,
            lines.file_id * 4294967296 + lines.line as entry_id,
            files.file_rank * 4294967296 + lines.line as place,
        from lines
        inner join files on lines.file_id = files.file_id
        inner join business_day on lines.posted_at < business_day.as_of
    ),
    repeated as (
        select
            lender,
            posting_id,
            max(place) as last_place,
        from delivered
        group by
            lender,
            posting_id
        having count(*) > 1
    ),
    final as (
        select
            delivered.lender,
            delivered.posting_id,
            delivered.loan_id,
            delivered.instalment_no,
            delivered.order_no,
            delivered.channel,
            delivered.amount_minor,
            delivered.posted_at,
            delivered.value_date,
            delivered.kind,
            delivered.reverses,
            orders.entry_id as order_entry,
            case
                when delivered.loan_id = orders.loan_id
                    and delivered.instalment_no = orders.instalment_no
                    then orders.instalment_entry
            end as order_instalment_entry,
            delivered.entry_id,
        from delivered
        left join repeated
            on delivered.lender = repeated.lender
            and delivered.posting_id = repeated.posting_id
        left join orders
            on delivered.lender = orders.lender
            and delivered.channel = orders.channel
            and delivered.order_no = orders.order_no
        where repeated.last_place is null or delivered.place = repeated.last_place
    )
select * from final
