-- row: one settlement line or posting that takes no part in matching, and why
-- key: entry_id
with
    lines as (
        select
            entry_id,
            channel,
            channel_ref,
            kind,
            outcome,
            order_no,
            bank_code,
            amount_minor,
            happened_at,
        from staging.settlement_lines
        where kind <> 'debit' or outcome <> 'succeeded'
    ),
    reversed_debits as (
        select
            entry_id,
            channel,
            channel_ref,
            lender,
            loan_id,
            instalment_no,
            order_no,
            bank_code,
            amount_minor,
            happened_at,
        from staging.debits
        where net_minor = 0
    ),
    postings as (
        select
            entry_id,
            lender,
            posting_id,
            loan_id,
            instalment_no,
            order_no,
            channel,
            amount_minor,
            posted_at,
        from staging.postings
    ),
    repayments as (
        select
            entry_id,
            is_channel_repayment,
        from staging.repayments
    ),
    together as (
        select
            'debit' as side,
            entry_id,
            case when outcome = 'succeeded' then kind else outcome end as why,
            'line:' || channel || ':' || kind || ':' || channel_ref as subject,
            channel,
            channel_ref,
            order_no,
            bank_code,
            amount_minor as channel_amount_minor,
            happened_at,
        from lines
        union all by name
        select
            'debit' as side,
            entry_id,
            'reversed' as why,
            'debit:' || channel || ':' || channel_ref as subject,
            channel,
            channel_ref,
            lender,
            loan_id,
            instalment_no,
            order_no,
            bank_code,
            amount_minor as channel_amount_minor,
            happened_at,
        from reversed_debits
        union all by name
        select
            'posting' as side,
            postings.entry_id,
            case
                when repayments.entry_id is null then 'undone'
                else 'not_a_channel_repayment'
            end as why,
            'posting:' || postings.lender || ':' || postings.posting_id as subject,
            postings.lender,
            postings.posting_id,
            postings.loan_id,
            postings.instalment_no,
            postings.order_no,
            postings.channel,
            postings.amount_minor as ledger_amount_minor,
            postings.posted_at as happened_at,
        from postings
        left join repayments on postings.entry_id = repayments.entry_id
        where not coalesce(repayments.is_channel_repayment, false)
    ),
    final as (
        select
            side,
            entry_id,
            why,
            subject,
            lender,
            channel,
            bank_code,
            loan_id,
            instalment_no,
            order_no,
            channel_ref,
            posting_id,
            ledger_amount_minor,
            channel_amount_minor,
            happened_at,
        from together
    )
select * from final
