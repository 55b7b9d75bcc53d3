-- row: one debit or posting of a pair of this business date that was put away
-- key: first_debit, side
-- kept: no
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    pairs as (
        select
            quiet.debit_entry,
            quiet.posting_entry,
        from staging.quiet_orders as quiet
        inner join business_day on quiet.matched_on = business_day.business_date
    ),
    debits as (
        select
            entry_id,
            channel,
            channel_ref,
            happened_at,
        from staging.latest_lines
    ),
    postings as (
        select
            entry_id,
            lender,
            posting_id,
            order_no,
            loan_id,
            amount_minor,
            posted_at,
        from staging.latest_postings
    ),
    matched as (
        select
            debits.channel || ' ' || debits.channel_ref as first_debit,
            debits.channel,
            debits.channel_ref,
            debits.happened_at,
            postings.lender,
            postings.posting_id,
            postings.order_no,
            postings.loan_id,
            postings.amount_minor,
            postings.posted_at,
        from pairs
        inner join debits on pairs.debit_entry = debits.entry_id
        inner join postings on pairs.posting_entry = postings.entry_id
    ),
    sides as (
        select * from (values ('debit'), ('posting')) as sides (side)
    ),
    final as (
        select
            matched.first_debit,
            'by_order_no' as rule,
            sides.side,
            matched.channel,
            case when sides.side = 'debit' then matched.channel_ref end as channel_ref,
            matched.lender,
            case when sides.side = 'posting' then matched.posting_id end as posting_id,
            matched.order_no,
            matched.loan_id,
            matched.amount_minor,
            case
                when sides.side = 'debit' then matched.happened_at
                else matched.posted_at
            end as at,
            0 as group_difference_minor,
        from matched
        cross join sides
    )
select * from final
