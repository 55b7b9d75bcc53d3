-- row: one debit or posting whose other side may still come, sorted by subject
-- key: break_id
with
    business_day as (
        select
            business_date,
            currency,
        from reference.business_day
    ),
    waiting as (
        select
            entry_id,
            category,
            cause,
            true_since,
        from breaks.open_entry_choice
        where category = 'in_transit'
    ),
    catalogue as (
        select
            category,
            category_zh,
            severity,
            remedy,
        from breaks.catalogue
    ),
    subjects as (
        select
            entry_id,
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
            happened_at,
            due_date,
            sources,
        from breaks.subject_facts
    ),
    final as (
        select
            substr(md5(waiting.category || ' ' || subjects.subject), 1, 16) as break_id,
            waiting.category,
            catalogue.category_zh,
            catalogue.severity,
            subjects.subject,
            subjects.lender,
            subjects.channel,
            subjects.bank_code,
            subjects.borrower_ref,
            subjects.loan_id,
            subjects.instalment_no,
            subjects.order_no,
            subjects.channel_ref,
            subjects.posting_id,
            subjects.ledger_amount_minor,
            subjects.channel_amount_minor,
            coalesce(subjects.ledger_amount_minor, 0)
                - coalesce(subjects.channel_amount_minor, 0)
                as difference_minor,
            cast(null as bigint) as refund_minor,
            business_day.currency,
            subjects.happened_at,
            subjects.due_date,
            waiting.true_since as open_since,
            business_day.business_date - waiting.true_since as age_days,
            waiting.cause,
            cast(null as varchar) as liable,
            cast(null as varchar) as proof,
            cast(null as varchar) as bureau_correction,
            cast(null as boolean) as stop_collection,
            catalogue.remedy,
            subjects.sources,
            waiting.cause as why,
        from waiting
        cross join business_day
        inner join catalogue on waiting.category = catalogue.category
        inner join subjects on waiting.entry_id = subjects.entry_id
        order by subjects.subject
    )
select * from final
