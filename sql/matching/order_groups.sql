-- row: the debits and postings of one order, or of one split, both sides present
-- key: group_id
with
    business_day as (
        select as_of
        from reference.business_day
    ),
    splits as (
        select
            channel,
            order_no,
            group_order_no,
        from matching.split_orders
    ),
    terms as (
        select
            channel,
            valid_from,
            valid_to,
            amount_tolerance_minor,
        from reference.channel_terms
    ),
    debits as (
        select
            debits.channel,
            coalesce(splits.group_order_no, debits.order_no) as group_order_no,
            min(debits.entry_id) as group_id,
            cast(sum(debits.net_minor) as bigint) as debit_minor,
            max(debits.happened_at) as last_debit_at,
            max(debits.posting_due_at) as posting_due_at,
            max(debits.settle_date) as last_settle_date,
            min(debits.loan_id) as loan_id,
            min(debits.instalment_no) as first_instalment_no,
            max(debits.instalment_no) as last_instalment_no,
        from staging.debits as debits
        left join splits
            on debits.channel = splits.channel and debits.order_no = splits.order_no
        where debits.net_minor > 0 and debits.order_no is not null
        group by
            debits.channel,
            coalesce(splits.group_order_no, debits.order_no)
    ),
    postings as (
        select
            postings.channel,
            coalesce(splits.group_order_no, postings.order_no) as group_order_no,
            cast(sum(postings.amount_minor) as bigint) as posting_minor,
        from staging.channel_repayments as postings
        left join splits
            on postings.channel = splits.channel
            and postings.order_no = splits.order_no
        where postings.channel is not null and postings.order_no is not null
        group by
            postings.channel,
            coalesce(splits.group_order_no, postings.order_no)
    ),
    final as (
        select
            debits.group_id,
            debits.channel,
            debits.group_order_no,
            debits.debit_minor,
            postings.posting_minor,
            postings.posting_minor - debits.debit_minor as difference_minor,
            terms.amount_tolerance_minor,
            debits.last_debit_at,
            debits.posting_due_at,
            debits.last_settle_date,
            debits.loan_id,
            debits.first_instalment_no,
            debits.last_instalment_no,
            abs(postings.posting_minor - debits.debit_minor)
                > terms.amount_tolerance_minor
                as differs,
            abs(postings.posting_minor - debits.debit_minor)
                > terms.amount_tolerance_minor
                and business_day.as_of < debits.posting_due_at
                as is_in_transit,
        from debits
        inner join postings
            on debits.channel = postings.channel
            and debits.group_order_no = postings.group_order_no
        left join terms
            on debits.channel = terms.channel
            and terms.valid_from <= cast(debits.last_debit_at as date)
            and cast(debits.last_debit_at as date) < terms.valid_to
        cross join business_day
    )
select * from final
