-- row: the debits and postings of one order, or of one split, both sides present
-- key: group_id
with
    business_day as (
        select as_of
        from reference.business_day
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
            group_entry,
            min(entry_id) as group_id,
            any_value(channel) as channel,
            cast(sum(net_minor) as bigint) as debit_minor,
            max(happened_at) as last_debit_at,
            max_by(posting_due_at, happened_at) as posting_due_at,
            max(settle_date) as last_settle_date,
            any_value(lender) as lender,
            any_value(loan_id) as loan_id,
            any_value(instalment_no) as instalment_no,
        from matching.ordered_debits
        group by group_entry
    ),
    postings as (
        select
            group_entry,
            count(*) as posting_count,
            cast(sum(amount_minor) as bigint) as posting_minor,
            max(posted_at) as last_posted_at,
        from matching.ordered_postings
        group by group_entry
    ),
    sums as (
        select
            debits.group_id,
            debits.group_entry,
            postings.posting_count,
            debits.debit_minor,
            postings.posting_minor,
            postings.posting_minor - debits.debit_minor as difference_minor,
            terms.amount_tolerance_minor,
            debits.last_debit_at,
            debits.posting_due_at,
            debits.last_settle_date,
            postings.last_posted_at,
            debits.lender,
            debits.loan_id,
            debits.instalment_no,
        from debits
        inner join postings on debits.group_entry = postings.group_entry
        left join terms
            on debits.channel = terms.channel
            and terms.valid_from <= cast(debits.last_debit_at as date)
            and cast(debits.last_debit_at as date) < terms.valid_to
    ),
    final as (
        select
            sums.group_id,
            sums.group_entry,
            sums.posting_count,
            sums.debit_minor,
            sums.posting_minor,
            sums.difference_minor,
            sums.amount_tolerance_minor,
            sums.last_debit_at,
            sums.posting_due_at,
            sums.last_settle_date,
            sums.last_posted_at,
            sums.lender,
            sums.loan_id,
            sums.instalment_no,
            abs(sums.difference_minor) > sums.amount_tolerance_minor as differs,
            abs(sums.difference_minor) > sums.amount_tolerance_minor
                and business_day.as_of < sums.posting_due_at
                as is_in_transit,
        from sums
        cross join business_day
    )
select * from final
