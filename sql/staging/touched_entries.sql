-- row: one order, posting, line or instalment that another record speaks of, besides
--   its own order
-- key: entry_id
-- A reversal undoes the posting, a refund names the line, a charge or a bad status lies
-- on the instalment, or the order ran into a limit of the bank.
with
    postings as (
        select
            entry_id,
            lender,
            posting_id,
            reverses,
        from staging.latest_postings
    ),
    lines as (
        select
            entry_id,
            channel,
            channel_ref,
            original_ref,
        from staging.latest_lines
    ),
    instalments as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
        from staging.instalments
    ),
    charges as (
        select
            lender,
            loan_id,
            instalment_no,
        from staging.charges
    ),
    bad_statuses as (
        select
            lender,
            loan_id,
        from staging.account_status
        where
            days_past_due > 0
            or app_status = 'overdue'
            or collection_stage <> 'none'
            or bureau_status is not null
    ),
    order_limits as (
        select
            entry_id,
            lender,
            borrower_ref,
            card_no,
            channel,
            bank_code,
            requested_at,
            amount_minor,
            per_debit_minor,
            per_day_minor,
            per_month_minor,
        from staging.order_limits
    ),
    busy_cards as (
        select
            lender,
            borrower_ref,
            card_no,
            channel,
            bank_code,
            month,
        from staging.busy_cards
    ),
    together as (
        select postings.entry_id
        from postings
        semi join postings as reversals
            on postings.lender = reversals.lender
            and postings.posting_id = reversals.reverses
        union all
        select lines.entry_id
        from lines
        semi join lines as refunds
            on lines.channel = refunds.channel
            and lines.channel_ref = refunds.original_ref
        union all
        select instalments.entry_id
        from instalments
        semi join charges
            on instalments.lender = charges.lender
            and instalments.loan_id = charges.loan_id
            and instalments.instalment_no = charges.instalment_no
        union all
        select instalments.entry_id
        from instalments
        semi join bad_statuses
            on instalments.lender = bad_statuses.lender
            and instalments.loan_id = bad_statuses.loan_id
        union all
        select entry_id
        from order_limits
        where
            amount_minor > per_debit_minor
            or amount_minor > per_day_minor
            or amount_minor > per_month_minor
        union all
        select order_limits.entry_id
        from order_limits
        semi join busy_cards
            on order_limits.lender = busy_cards.lender
            and order_limits.borrower_ref = busy_cards.borrower_ref
            and order_limits.card_no = busy_cards.card_no
            and order_limits.channel = busy_cards.channel
            and order_limits.bank_code = busy_cards.bank_code
            and date_trunc('month', order_limits.requested_at) = busy_cards.month
    ),
    final as (
        select entry_id
        from together
        group by entry_id
    )
select * from final
