-- row: one channel posting, standing or undone, whose order_no nobody knows
-- key: entry_id
-- kept: no
-- Of loans with at most a hundred such postings, as of debits in fitting_pairs.
with
    orders as (
        select
            lender,
            order_no,
        from staging.orders
    ),
    standing as (
        select
            entry_id,
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
            undone.entry_id,
            undone.channel,
            undone.lender,
            undone.loan_id,
            undone.instalment_no,
            undone.amount_minor,
            undone.posted_at,
            undone.undone_on,
        from breaks.undone_repayments as undone
        anti join orders
            on undone.lender = orders.lender and undone.order_no = orders.order_no
        where undone.is_channel_repayment
    ),
    together as (
        select * from standing
        union all by name
        select * from undone
    ),
    final as (
        select
            entry_id,
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
