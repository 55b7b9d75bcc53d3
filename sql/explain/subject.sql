-- row: what is asked for, and the entry or the day of a channel it is about
-- key: break_id
with
    asked as (
        select break_id
        from explain.asked
    ),
    breaks as (
        select
            break_id,
            category,
            category_zh,
            severity,
            subject,
            lender,
            channel,
            borrower_ref,
            loan_id,
            instalment_no,
            order_no,
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
        from explain.listed
    ),
    subjects as (
        select
            kind,
            subject,
            entry_id,
            case when state <> 'ambiguous' then group_id end as group_id,
        from breaks.entry_subjects
    ),
    days as (
        select
            category,
            'settlement:' || settlement_channel || ':' || settle_date as subject,
            settle_date,
        from breaks.findings
        where family = 'settlement'
    ),
    catalogue as (
        select
            category,
            means,
        from breaks.catalogue
    ),
    business_day as (
        select as_of
        from reference.business_day
    ),
    final as (
        select
            breaks.break_id,
            breaks.category,
            breaks.category_zh,
            breaks.severity,
            catalogue.means,
            breaks.subject,
            coalesce(subjects.kind, 'settlement') as kind,
            subjects.entry_id,
            subjects.group_id,
            breaks.lender,
            breaks.channel,
            breaks.borrower_ref,
            breaks.loan_id,
            breaks.instalment_no,
            breaks.order_no,
            days.settle_date,
            breaks.happened_at,
            breaks.due_date,
            business_day.as_of,
            breaks.open_since,
            breaks.age_days,
            breaks.ledger_amount_minor,
            breaks.channel_amount_minor,
            breaks.difference_minor,
            breaks.refund_minor,
            breaks.currency,
            breaks.cause,
            breaks.liable,
            breaks.proof,
            breaks.bureau_correction,
            breaks.stop_collection,
            breaks.remedy,
        from breaks
        semi join asked on breaks.break_id = asked.break_id
        inner join catalogue on breaks.category = catalogue.category
        left join subjects on breaks.subject = subjects.subject
        left join days
            on breaks.category = days.category and breaks.subject = days.subject
        cross join business_day
    )
select * from final
