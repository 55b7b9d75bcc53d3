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
    gone as (
        select break_id
        from reports.gone
    ),
    clearings as (
        select
            break_id,
            cleared_by,
            cleared_how,
            source_id,
            source_text,
        from reports.clearings
        -- what people decided goes before what the entries tell
        qualify row_number() over (partition by break_id order by rank) = 1
    ),
    files as (
        select
            file_id,
            case when member = '' then path else path || '!' || member end as shown_as,
        from staging.files
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
            -- an entry that is not there has been taken out of the files
            coalesce(clearings.cleared_by, 'line_withdrawn') as cleared_by,
            coalesce(clearings.cleared_how, 'its line is no longer in the files')
                as cleared_how,
            coalesce(
                clearings.source_text,
                files.shown_as || ':' || (clearings.source_id % 4294967296)
            ) as cleared_source,
        from before
        inner join gone on before.break_id = gone.break_id
        left join clearings on before.break_id = clearings.break_id
        left join files on clearings.source_id // 4294967296 = files.file_id
        order by
            before.category,
            before.subject
    )
select * from final
