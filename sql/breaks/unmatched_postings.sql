-- row: one channel repayment in no group, or in one that still waits for its sums to
--   agree
-- key: entry_id
with
    entries as (
        select
            entry_id,
            state,
        from matching.entries
        where state <> 'matched'
    ),
    ambiguous as (
        select
            entry_id,
            cause,
        from matching.ambiguous_entries
    ),
    postings as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            order_no,
            channel,
            has_usable_order,
            amount_minor,
            posted_at,
            value_date,
        from staging.channel_repayments
    ),
    final as (
        select
            postings.entry_id,
            postings.lender,
            postings.loan_id,
            postings.instalment_no,
            postings.order_no,
            postings.channel,
            postings.has_usable_order,
            postings.amount_minor,
            postings.posted_at,
            postings.value_date,
            entries.state,
            ambiguous.cause,
        from entries
        inner join postings on entries.entry_id = postings.entry_id
        left join ambiguous on entries.entry_id = ambiguous.entry_id
    )
select * from final
