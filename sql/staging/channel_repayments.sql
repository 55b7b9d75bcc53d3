-- row: one repayment that should have a debit at a channel
-- key: entry_id
-- kept: no
with
    repayments as (
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
            order_entry,
            instalment_entry,
            entry_id,
        from staging.repayments
        where is_channel_repayment
    ),
    unclear as (
        select
            entry_id,
            channel,
            has_usable_order,
            order_entry,
        from staging.unclear_channels
    ),
    final as (
        select
            repayments.lender,
            repayments.posting_id,
            repayments.loan_id,
            repayments.instalment_no,
            repayments.order_no,
            coalesce(repayments.channel, unclear.channel) as channel,
            coalesce(unclear.has_usable_order, true) as has_usable_order,
            repayments.amount_minor,
            repayments.posted_at,
            repayments.value_date,
            coalesce(repayments.order_entry, unclear.order_entry) as order_entry,
            repayments.instalment_entry,
            repayments.entry_id,
        from repayments
        left join unclear on repayments.entry_id = unclear.entry_id
    )
select * from final
