-- row: one landed line that shows a finding or a waiting entry to be true
-- key: entry_id, source_id
with
    subjects as (
        select
            entry_id,
            kind,
            lender,
            channel,
            order_no,
            loan_id,
            instalment_no,
            group_id,
        from breaks.entry_subjects
    ),
    entry_orders as (
        select
            entry_id,
            order_id,
        from breaks.entry_orders
    ),
    members as (
        select
            entries.group_id,
            entries.entry_id,
        from matching.entries as entries
        semi join subjects
            on entries.group_id = subjects.group_id
        left join staging.debits as debits on entries.entry_id = debits.entry_id
        left join staging.channel_repayments as postings
            on entries.entry_id = postings.entry_id
        -- twenty lines explain a group; thousands would bury it
        qualify
            row_number() over (
                partition by entries.group_id
                order by
                    entries.side,
                    coalesce(debits.happened_at, postings.posted_at),
                    coalesce(debits.channel_ref, postings.posting_id),
                    coalesce(debits.channel, postings.lender)
            ) <= 20
    ),
    order_lines as (
        select
            subjects.entry_id,
            lines.entry_id as source_id,
        from subjects
        inner join staging.settlement_lines as lines
            on subjects.channel = lines.channel
            and subjects.order_no = lines.order_no
        where subjects.kind in ('order', 'posting')
        qualify
            row_number() over (
                partition by subjects.entry_id
                order by lines.happened_at, lines.channel_ref
            ) <= 20
    ),
    instalments as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
        from subjects
        where kind = 'instalment'
    ),
    final as (
        select
            entry_id,
            entry_id as source_id,
        from subjects
        union
        select
            entry_id,
            order_id as source_id,
        from entry_orders
        where order_id is not null
        union
        select
            subjects.entry_id,
            members.entry_id as source_id,
        from subjects
        inner join members on subjects.group_id = members.group_id
        union
        select
            instalments.entry_id,
            orders.entry_id as source_id,
        from instalments
        inner join staging.orders as orders
            on instalments.entry_id = orders.instalment_entry
        union
        select
            instalments.entry_id,
            debits.entry_id as source_id,
        from instalments
        inner join staging.debits as debits
            on instalments.entry_id = debits.instalment_entry
        union
        select
            instalments.entry_id,
            charges.entry_id as source_id,
        from instalments
        inner join staging.charges as charges
            on instalments.lender = charges.lender
            and instalments.loan_id = charges.loan_id
            and instalments.instalment_no = charges.instalment_no
        union
        select
            treated.entry_id,
            treated.status_id as source_id,
        from breaks.treated_as_late as treated
        semi join instalments on treated.entry_id = instalments.entry_id
        where treated.status_id is not null
        union
        select entry_id, source_id from order_lines
        union
        select
            entry_id,
            statement_entry as source_id,
        from breaks.due_date_entries
        union
        select
            entry_id,
            statement_entry as source_id,
        from breaks.funds_were_available
    )
select * from final
