-- row: one break of the stored day before that is gone, with what cleared it
-- key: break_id
with
    before as (
        select
            break_id,
            category,
            category_zh,
            severity,
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
            difference_minor,
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
        from reports.stored_breaks
    ),
    today as (
        select
            break_id,
            category,
            subject,
        from reports.breaks
    ),
    unlisted as (
        select
            category,
            subject,
        from breaks.break_rows
        where not is_listed
    ),
    now_called as (
        select
            subject,
            string_agg(category, ', ' order by category) as categories,
        from today
        group by subject
    ),
    ended as (
        select subject, 'in transit' as ended_as from reports.in_transit
        union all
        select subject, why as ended_as from reports.excluded
    ),
    final as (
        select
            before.break_id,
            before.category,
            before.category_zh,
            before.severity,
            before.subject,
            before.lender,
            before.channel,
            before.bank_code,
            before.borrower_ref,
            before.loan_id,
            before.instalment_no,
            before.order_no,
            before.channel_ref,
            before.posting_id,
            before.ledger_amount_minor,
            before.channel_amount_minor,
            before.difference_minor,
            before.refund_minor,
            before.currency,
            before.happened_at,
            before.due_date,
            before.open_since,
            before.age_days,
            before.cause,
            before.liable,
            before.proof,
            before.bureau_correction,
            before.stop_collection,
            before.remedy,
            before.sources,
            case
                when unlisted.subject is not null then 'listed long enough'
                when now_called.subject is not null
                    then 'now ' || now_called.categories
                when ended.subject is not null then 'now ' || ended.ended_as
                when before.category in ('debit_not_posted', 'posting_without_debit')
                    then 'now matched'
                else 'no longer true'
            end as cleared_by,
        from before
        anti join today on before.break_id = today.break_id
        left join unlisted
            on before.category = unlisted.category
            and before.subject = unlisted.subject
        left join now_called on before.subject = now_called.subject
        left join ended on before.subject = ended.subject
        order by
            before.category,
            before.subject
    )
select * from final
