-- row: one listed break that somebody decided, by the category's rank, then subject
-- kept: no
-- key: break_id
with
    break_rows as (
        select
            category,
            category_zh,
            rank,
            subject,
            lender,
            channel,
            bank_code,
            borrower_ref,
            loan_id,
            instalment_no,
            order_no,
            channel_ref,
            posting_id,
            ledger_amount_minor,
            channel_amount_minor,
            refund_minor,
            currency,
            happened_at,
            due_date,
            open_since,
            age_days,
            cause,
            liable,
            proof,
            bureau_correction,
            stop_collection,
            remedy,
            sources,
        from breaks.break_rows
    ),
    ratings as (
        select
            break_id,
            category,
            subject,
            severity,
            difference_minor,
        from breaks.ratings
    ),
    decided as (
        select
            break_id,
            action,
            signed_by,
            second_signed_by,
            signed_at,
            reason,
        from breaks.decided_breaks
    ),
    final as (
        select
            ratings.break_id,
            break_rows.category,
            break_rows.category_zh,
            ratings.severity,
            break_rows.subject,
            break_rows.lender,
            break_rows.channel,
            break_rows.bank_code,
            break_rows.borrower_ref,
            break_rows.loan_id,
            break_rows.instalment_no,
            break_rows.order_no,
            break_rows.channel_ref,
            break_rows.posting_id,
            break_rows.ledger_amount_minor,
            break_rows.channel_amount_minor,
            ratings.difference_minor,
            break_rows.refund_minor,
            break_rows.currency,
            break_rows.happened_at,
            break_rows.due_date,
            break_rows.open_since,
            break_rows.age_days,
            break_rows.cause,
            break_rows.liable,
            break_rows.proof,
            break_rows.bureau_correction,
            break_rows.stop_collection,
            break_rows.remedy,
            break_rows.sources,
            decided.action,
            decided.signed_by as "by",
            decided.second_signed_by as second_by,
            decided.signed_at as "at",
            decided.reason,
        from break_rows
        inner join ratings
            on break_rows.category = ratings.category
            and break_rows.subject = ratings.subject
        inner join decided on ratings.break_id = decided.break_id
        order by
            break_rows.rank,
            break_rows.subject
    )
select * from final
