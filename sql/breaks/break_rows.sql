-- row: one true finding as a report shows it, listed or not
-- key: category, subject
with
    business_day as (
        select
            business_date,
            currency,
            event_days,
        from reference.business_day
    ),
    findings as (
        select
            category,
            family,
            entry_id,
            channel_day,
            settlement_channel,
            settle_date,
            cause,
            ledger_amount_minor,
            channel_amount_minor,
            refund_minor,
            event_on,
            true_since,
            proof,
            bureau_correction,
            stop_collection,
            collection_stage,
            remedy,
        from breaks.findings
    ),
    catalogue as (
        select
            category,
            category_zh,
            rank,
            severity,
            remedy,
        from breaks.catalogue
    ),
    liability as (
        select
            category,
            entry_id,
            channel_day,
            liable,
        from breaks.liability
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
    day_sources as (
        select
            channel,
            settle_date,
            sources,
        from breaks.day_sources
    ),
    final as (
        select
            findings.category,
            catalogue.category_zh,
            catalogue.rank,
            catalogue.severity as usual_severity,
            coalesce(
                subjects.subject,
                'settlement:' || findings.settlement_channel
                    || ':' || findings.settle_date
            ) as subject,
            subjects.lender,
            coalesce(subjects.channel, findings.settlement_channel) as channel,
            subjects.bank_code,
            subjects.borrower_ref,
            subjects.loan_id,
            subjects.instalment_no,
            subjects.order_no,
            subjects.channel_ref,
            subjects.posting_id,
            coalesce(findings.ledger_amount_minor, subjects.ledger_amount_minor)
                as ledger_amount_minor,
            coalesce(findings.channel_amount_minor, subjects.channel_amount_minor)
                as channel_amount_minor,
            findings.refund_minor,
            business_day.currency,
            subjects.happened_at,
            subjects.due_date,
            findings.true_since as open_since,
            business_day.business_date - findings.true_since as age_days,
            findings.cause,
            liability.liable,
            findings.proof,
            findings.bureau_correction,
            findings.stop_collection,
            findings.collection_stage,
            coalesce(findings.remedy, catalogue.remedy) as remedy,
            coalesce(subjects.sources, day_sources.sources) as sources,
            findings.event_on is null
                or business_day.business_date - findings.event_on
                <= business_day.event_days
                as is_listed,
            findings.family,
        from findings
        cross join business_day
        inner join catalogue on findings.category = catalogue.category
        inner join liability
            on findings.category = liability.category
            and findings.entry_id = liability.entry_id
            and findings.channel_day = liability.channel_day
        left join subjects on findings.entry_id = subjects.entry_id
        left join day_sources
            on findings.settlement_channel = day_sources.channel
            and findings.settle_date = day_sources.settle_date
    )
select * from final
