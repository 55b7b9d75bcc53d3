-- row: one debit or posting of a pair of this business date that was put away
-- key: match_id, side
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
            substr(
                md5('by_order_no ' || debits.channel || ' ' || debits.channel_ref),
                1,
                16
            ) as match_id,
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
    final as (
        select
            match_id,
            'by_order_no' as rule,
            'debit' as side,
            channel,
            channel_ref,
            lender,
            cast(null as varchar) as posting_id,
            order_no,
            loan_id,
            amount_minor,
            happened_at as at,
            0 as group_difference_minor,
        from matched
        union all
        select
            match_id,
            'by_order_no' as rule,
            'posting' as side,
            channel,
            cast(null as varchar) as channel_ref,
            lender,
            posting_id,
            order_no,
            loan_id,
            amount_minor,
            posted_at as at,
            0 as group_difference_minor,
        from matched
    )
select * from final
