-- row: one break of the stored day before that is off the list, and what it was about
-- key: break_id
with
    before as (
        select
            break_id,
            category,
            subject,
            lender,
            channel,
            loan_id,
            instalment_no,
            order_no,
            channel_ref,
            posting_id,
            borrower_ref,
        from reports.stored_breaks
    ),
    today as (
        select break_id
        from reports.breaks
    ),
    gone as (
        select
            *,
            split_part(subject, ':', 1) as kind,
        from before
        anti join today on before.break_id = today.break_id
    ),
    final as (
        select
            gone.break_id,
            gone.category,
            gone.subject,
            gone.kind,
            gone.lender,
            gone.channel,
            gone.loan_id,
            gone.instalment_no,
            coalesce(gone.order_no, debits.order_no) as order_no,
            gone.channel_ref,
            gone.posting_id,
            gone.borrower_ref,
            case
                when gone.kind = 'settlement'
                    then cast(right(gone.subject, 10) as date)
            end as settle_date,
            coalesce(
                debits.entry_id,
                postings.entry_id,
                orders.entry_id,
                instalments.entry_id
            ) as entry_id,
        from gone
        left join staging.latest_lines as debits
            on gone.kind = 'debit'
            and debits.kind = 'debit'
            and gone.channel = debits.channel
            and gone.channel_ref = debits.channel_ref
        left join staging.latest_postings as postings
            on gone.kind = 'posting'
            and gone.lender = postings.lender
            and gone.posting_id = postings.posting_id
        left join staging.latest_orders as orders
            on gone.kind = 'order'
            and gone.lender = orders.lender
            and gone.channel = orders.channel
            and gone.order_no = orders.order_no
        left join staging.instalments as instalments
            on gone.kind = 'instalment'
            and gone.lender = instalments.lender
            and gone.loan_id = instalments.loan_id
            and gone.instalment_no = instalments.instalment_no
    )
select * from final
