-- row: one delivered line of a posting that concerns a gone break
-- key: break_id, source_id
-- kept: no
-- rank: 3
-- family: gone_lines
-- A posting may have moved to another loan, so its number counts as well as its loan.
with
    gone as (
        select
            break_id,
            kind,
            lender,
            loan_id,
            instalment_no,
            posting_id,
        from reports.gone
    ),
    gone_orders as (
        select
            break_id,
            lender,
            channel,
            order_no,
        from reports.gone_orders
        where is_own
    ),
    files as (
        select
            file_id,
            lender,
        from staging.files
    ),
    lines as (
        select
            files.lender,
            postings.posting_id,
            postings.loan_id,
            postings.instalment_no,
            postings.order_no,
            postings.channel,
            postings.amount_minor,
            postings.posted_at,
            postings.value_date,
            postings.kind,
            postings.reverses,
            postings.file_id * 4294967296 + postings.line as entry_id,
        from landing.postings as postings
        inner join files on postings.file_id = files.file_id
    ),
    by_loan as (
        select
            gone.break_id,
            coalesce(
                gone.kind = 'instalment' and lines.instalment_no = gone.instalment_no,
                false
            ) as is_own,
            lines.*,
        from lines
        inner join gone
            on lines.lender = gone.lender and lines.loan_id = gone.loan_id
    ),
    by_number as (
        select
            gone.break_id,
            gone.kind = 'posting' as is_own,
            lines.*,
        from lines
        inner join gone
            on lines.lender = gone.lender and lines.posting_id = gone.posting_id
        union all
        select
            gone.break_id,
            gone.kind = 'posting' as is_own,
            lines.*,
        from lines
        inner join gone
            on lines.lender = gone.lender and lines.reverses = gone.posting_id
    ),
    by_order as (
        select
            gone_orders.break_id,
            true as is_own,
            lines.*,
        from lines
        inner join gone_orders
            on lines.lender = gone_orders.lender
            and lines.order_no = gone_orders.order_no
            and coalesce(lines.channel, gone_orders.channel) = gone_orders.channel
    ),
    together as (
        select * from by_loan
        union all
        select * from by_number
        union all
        select * from by_order
    ),
    once as (
        select *
        from together
        qualify
            row_number() over (
                partition by break_id, entry_id
                order by is_own desc
            ) = 1
    ),
    final as (
        select
            break_id,
            case kind when 'repayment' then 'posting' else 'undoing' end as kind,
            kind as word,
            posting_id as thing,
            is_own,
            posted_at as stamped_at,
            cast(
                row(
                    loan_id,
                    instalment_no,
                    order_no,
                    channel,
                    amount_minor,
                    posted_at,
                    value_date,
                    reverses
                ) as varchar
            ) as said,
            entry_id as source_id,
        from once
    )
select * from final
