-- row: one posting that a later pass paired with a debit by loan and amount, booked or
--   valued late for it or to another instalment than its order's
-- key: entry_id
with
    pairs as (
        select
            group_id,
            last_debit_at,
            posting_due_at,
        from matching.groups
        where rule in ('by_loan_and_amount', 'by_loan_and_amount_late')
    ),
    members as (
        select
            entry_id,
            group_id,
        from matching.passes
    ),
    debits as (
        select
            entry_id,
            instalment_no,
        from staging.debits
    ),
    postings as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            posted_at,
            value_date,
        from staging.channel_repayments
    ),
    final as (
        select
            postings.entry_id,
            postings.lender,
            postings.loan_id,
        from pairs
        inner join members on pairs.group_id = members.group_id
        inner join postings on members.entry_id = postings.entry_id
        inner join members as others on pairs.group_id = others.group_id
        inner join debits on others.entry_id = debits.entry_id
        where
            postings.posted_at > pairs.posting_due_at
            or postings.value_date > cast(pairs.last_debit_at as date)
            or postings.instalment_no <> debits.instalment_no
    )
select * from final
