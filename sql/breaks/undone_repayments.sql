-- row: one repayment that a reversal undid, the day it was booked and that of the
--   reversal
-- key: entry_id
with
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
            order_instalment_entry,
        from staging.postings
    ),
    other_instalments as (
        select
            entry_id,
            instalment_entry,
        from staging.other_instalments
    ),
    unclear as (
        select
            entry_id,
            channel,
            has_usable_order,
        from staging.unclear_channels
    ),
    reversals as (
        select
            lender,
            reverses as posting_id,
            min(posted_at) as posted_at,
        from postings
        where kind = 'reversal'
        group by
            lender,
            reverses
    ),
    final as (
        select
            postings.entry_id,
            postings.lender,
            postings.posting_id,
            postings.loan_id,
            postings.instalment_no,
            postings.order_no,
            coalesce(postings.channel, unclear.channel) as channel,
            coalesce(unclear.has_usable_order, true) as has_usable_order,
            postings.channel is not null or postings.order_no is not null
                as is_channel_repayment,
            coalesce(
                postings.order_instalment_entry, other_instalments.instalment_entry
            ) as instalment_entry,
            postings.amount_minor,
            postings.posted_at,
            postings.value_date,
            cast(postings.posted_at as date) as posted_on,
            cast(reversals.posted_at as date) as undone_on,
        from postings
        inner join reversals
            on postings.lender = reversals.lender
            and postings.posting_id = reversals.posting_id
        left join unclear on postings.entry_id = unclear.entry_id
        left join other_instalments on postings.entry_id = other_instalments.entry_id
        where postings.kind = 'repayment'
    )
select * from final
