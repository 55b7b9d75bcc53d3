-- row: one debit, posting, order or instalment that a report names, with what it
--   concerns
-- key: entry_id
with
    subject_entries as (
        select entry_id
        from breaks.subject_entries
    ),
    entries as (
        select
            entry_id,
            group_id,
        from matching.entries
    ),
    debits as (
        select
            'debit' as kind,
            'debit:' || debits.channel || ':' || debits.channel_ref as subject,
            debits.entry_id,
            debits.lender,
            debits.channel,
            debits.loan_id,
            debits.instalment_no,
            debits.order_no,
            debits.channel_ref,
            debits.bank_code,
            debits.order_entry,
            debits.net_minor as channel_amount_minor,
            debits.happened_at,
            entries.group_id,
        from staging.debits as debits
        semi join subject_entries on debits.entry_id = subject_entries.entry_id
        left join entries on debits.entry_id = entries.entry_id
    ),
    postings as (
        select
            'posting' as kind,
            'posting:' || postings.lender || ':' || postings.posting_id as subject,
            postings.entry_id,
            postings.lender,
            postings.channel,
            postings.loan_id,
            postings.instalment_no,
            postings.order_no,
            postings.posting_id,
            postings.has_usable_order,
            postings.order_entry,
            postings.amount_minor as ledger_amount_minor,
            postings.posted_at as happened_at,
            entries.group_id,
        from staging.channel_repayments as postings
        semi join subject_entries on postings.entry_id = subject_entries.entry_id
        left join entries on postings.entry_id = entries.entry_id
    ),
    orders as (
        select
            'order' as kind,
            names.subject,
            orders.entry_id,
            orders.lender,
            orders.channel,
            orders.loan_id,
            orders.instalment_no,
            orders.order_no,
            orders.bank_code,
            orders.entry_id as order_entry,
            orders.requested_at as happened_at,
        from staging.orders as orders
        inner join breaks.order_subjects as names
            on orders.entry_id = names.entry_id
    ),
    instalments as (
        select
            'instalment' as kind,
            'instalment:' || instalments.lender || ':' || instalments.loan_id || ':'
                || instalments.instalment_no as subject,
            instalments.entry_id,
            instalments.lender,
            instalments.loan_id,
            instalments.instalment_no,
        from staging.instalments as instalments
        semi join subject_entries on instalments.entry_id = subject_entries.entry_id
    ),
    together as (
        select * from debits
        union all by name
        select * from postings
        union all by name
        select * from orders
        union all by name
        select * from instalments
    ),
    final as (
        select
            kind,
            subject,
            entry_id,
            lender,
            channel,
            loan_id,
            instalment_no,
            order_no,
            channel_ref,
            posting_id,
            has_usable_order,
            order_entry,
            bank_code,
            ledger_amount_minor,
            channel_amount_minor,
            happened_at,
            group_id,
        from together
    )
select * from final
