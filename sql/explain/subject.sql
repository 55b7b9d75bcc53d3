-- row: what is asked for, and the entry or the day of a channel it is about
-- key: break_id
with
    asked as (
        select break_id
        from explain.asked
    ),
    subjects as (
        select
            kind,
            subject,
            entry_id,
            group_id,
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
            listed.break_id,
            listed.category,
            listed.category_zh,
            listed.severity,
            catalogue.means,
            listed.subject,
            coalesce(subjects.kind, 'settlement') as kind,
            subjects.entry_id,
            subjects.group_id,
            listed.lender,
            listed.channel,
            listed.borrower_ref,
            listed.loan_id,
            listed.instalment_no,
            listed.order_no,
            days.settle_date,
            listed.happened_at,
            listed.due_date,
            business_day.as_of,
            listed.open_since,
            listed.age_days,
            listed.ledger_amount_minor,
            listed.channel_amount_minor,
            listed.difference_minor,
            listed.refund_minor,
            listed.currency,
            listed.cause,
            listed.liable,
            listed.proof,
            listed.bureau_correction,
            listed.stop_collection,
            listed.remedy,
        from explain.listed as listed
        semi join asked on listed.break_id = asked.break_id
        inner join catalogue on listed.category = catalogue.category
        left join subjects on listed.subject = subjects.subject
        left join days
            on listed.category = days.category and listed.subject = days.subject
        cross join business_day
    )
select * from final
