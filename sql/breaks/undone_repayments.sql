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
            order_no,
            channel,
            amount_minor,
            posted_at,
            kind,
            reverses,
        from staging.postings
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
            postings.loan_id,
            postings.order_no,
            postings.channel,
            postings.amount_minor,
            cast(postings.posted_at as date) as posted_on,
            cast(reversals.posted_at as date) as undone_on,
        from postings
        inner join reversals
            on postings.lender = reversals.lender
            and postings.posting_id = reversals.posting_id
        where postings.kind = 'repayment'
    )
select * from final
