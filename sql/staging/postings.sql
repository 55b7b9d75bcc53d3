-- row: one posting, repayment or reversal, that is not put away
-- key: lender, posting_id
with
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
    postings as (
        select
            entry_id,
            lender,
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
        from staging.latest_postings
    ),
    put_away as (
        select posting_entry
        from staging.quiet_orders
    ),
    final as (
        select
            postings.lender,
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
            orders.entry_id as order_entry,
            case
                when postings.loan_id = orders.loan_id
                    and postings.instalment_no = orders.instalment_no
                    then orders.instalment_entry
            end as order_instalment_entry,
            postings.entry_id,
        from postings
        anti join put_away on postings.entry_id = put_away.posting_entry
        left join orders
            on postings.lender = orders.lender
            and postings.channel = orders.channel
            and postings.order_no = orders.order_no
    )
select * from final
