-- row: the debits and postings that one pass put together
-- key: group_id
-- kept: no
with
    order_groups as (
        select
            group_id,
            debit_minor,
            posting_minor,
            difference_minor,
            differs,
            is_in_transit,
            last_debit_at,
            posting_due_at,
            last_settle_date,
            last_posted_at,
            posting_count,
            lender,
            loan_id,
            instalment_no,
        from matching.order_groups
    ),
    later_passes as (
        select
            entry_id,
            group_id,
            member,
        from matching.passes
        where group_id > 0 and member <> 'by_order_no'
    ),
    debits as (
        select
            later_passes.group_id,
            any_value(later_passes.member) as rule,
            cast(sum(debits.net_minor) as bigint) as debit_minor,
            max(debits.happened_at) as last_debit_at,
            max_by(
                debits.posting_due_at,
                (debits.happened_at, debits.channel_ref, debits.channel)
            ) as posting_due_at,
            max(debits.settle_date) as last_settle_date,
            any_value(debits.lender) as lender,
            any_value(debits.loan_id) as loan_id,
            min(debits.instalment_no) as first_instalment_no,
            max(debits.instalment_no) as last_instalment_no,
        from later_passes
        inner join staging.debits as debits on later_passes.entry_id = debits.entry_id
        group by later_passes.group_id
    ),
    postings as (
        select
            later_passes.group_id,
            cast(sum(postings.amount_minor) as bigint) as posting_minor,
            count(*) as posting_count,
            max(postings.posted_at) as last_posted_at,
        from later_passes
        inner join staging.channel_repayments as postings
            on later_passes.entry_id = postings.entry_id
        group by later_passes.group_id
    ),
    together as (
        select
            group_id,
            'by_order_no' as rule,
            debit_minor,
            posting_minor,
            difference_minor,
            differs,
            is_in_transit,
            last_debit_at,
            posting_due_at,
            last_settle_date,
            last_posted_at,
            posting_count,
            lender,
            loan_id,
            instalment_no as first_instalment_no,
            instalment_no as last_instalment_no,
        from order_groups
        union all
        select
            debits.group_id,
            debits.rule,
            debits.debit_minor,
            postings.posting_minor,
            postings.posting_minor - debits.debit_minor as difference_minor,
            false as differs,
            false as is_in_transit,
            debits.last_debit_at,
            debits.posting_due_at,
            debits.last_settle_date,
            postings.last_posted_at,
            postings.posting_count,
            debits.lender,
            debits.loan_id,
            debits.first_instalment_no,
            debits.last_instalment_no,
        from debits
        inner join postings on debits.group_id = postings.group_id
    ),
    final as (
        select
            group_id,
            rule,
            debit_minor,
            posting_minor,
            difference_minor,
            differs,
            is_in_transit,
            last_debit_at,
            posting_due_at,
            last_settle_date,
            posting_count,
            lender,
            loan_id,
            first_instalment_no,
            last_instalment_no,
            -- a channel may settle on a day what it took after midnight
            greatest(
                last_settle_date,
                cast(last_debit_at as date),
                cast(last_posted_at as date)
            ) as complete_on,
        from together
    )
select * from final
