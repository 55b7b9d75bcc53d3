-- row: one repayment that no reversal undid
-- key: entry_id
-- kept: no
with
    postings as (
        select
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
            order_entry,
            order_instalment_entry,
            entry_id,
        from staging.postings
    ),
    other_instalments as (
        select
            entry_id,
            instalment_entry,
        from staging.other_instalments
    ),
    reversals as (
        select
            lender,
            reverses as posting_id,
        from postings
        where kind = 'reversal'
    ),
    final as (
        select
            postings.lender,
            postings.posting_id,
            postings.loan_id,
            postings.instalment_no,
            postings.order_no,
            postings.channel,
            postings.channel is not null or postings.order_no is not null
                as is_channel_repayment,
            postings.amount_minor,
            postings.posted_at,
            postings.value_date,
            postings.order_entry,
            coalesce(
                postings.order_instalment_entry, other_instalments.instalment_entry
            ) as instalment_entry,
            postings.entry_id,
        from postings
        anti join reversals
            on postings.lender = reversals.lender
            and postings.posting_id = reversals.posting_id
        left join other_instalments on postings.entry_id = other_instalments.entry_id
        where postings.kind = 'repayment'
    )
select * from final
