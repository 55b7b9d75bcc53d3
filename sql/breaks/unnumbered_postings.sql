-- row: one channel posting, standing or undone, whose order_no nobody knows
-- key: entry_id
-- kept: no
-- Of loans with at most a hundred such postings, as of debits in fitting_pairs.
with
    standing as (
        select
            entry_id,
            posting_id,
            channel,
            lender,
            loan_id,
            instalment_no,
            amount_minor,
            posted_at,
        from staging.channel_repayments
        where not has_usable_order
    ),
    undone as (
        select
            entry_id,
            posting_id,
            channel,
            lender,
            loan_id,
            instalment_no,
            amount_minor,
            posted_at,
            undone_on,
        from breaks.undone_repayments
        where not has_usable_order
    ),
    together as (
        select * from standing
        union all by name
        select * from undone
    ),
    final as (
        select
            entry_id,
            posting_id,
            channel,
            lender,
            loan_id,
            instalment_no,
            amount_minor,
            posted_at,
            undone_on,
        from together
        qualify count(*) over (partition by lender, loan_id) <= 100
    )
select * from final
