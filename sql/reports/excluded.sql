-- row: one settlement line, posting or receipt that takes no part, sorted by subject
-- key: break_id
with
    business_day as (
        select currency
        from reference.business_day
    ),
    entries as (
        select
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
        from breaks.excluded_entries
    ),
    receipts as (
        select
            receipts.entry_id,
            receipts.lender,
            receipts.channel,
            receipts.entry_ref,
            receipts.settle_date,
            receipts.amount_minor,
            receipts.booked_on,
        from staging.receipts as receipts
        inner join breaks.receipt_days as receipt_days
            on receipts.entry_id = receipt_days.entry_id
            and receipt_days.settle_date is null
    ),
    file_days as (
        select settle_date
        from staging.settlement_files
        group by settle_date
    ),
    loans as (
        select
            lender,
            loan_id,
            borrower_ref,
        from staging.loans
    ),
    instalments as (
        select
            lender,
            loan_id,
            instalment_no,
            due_date,
        from staging.instalments
    ),
    files as (
        select
            file_id,
            case when member = '' then path else path || '!' || member end as shown_as,
        from staging.files
    ),
    together as (
        select
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
        from entries
        union all by name
        select
            receipts.entry_id,
            case
                when receipts.settle_date is null or file_days.settle_date is not null
                    then 'no_settlement_day'
                else 'no_settlement_file'
            end as why,
            'receipt:' || receipts.lender || ':' || receipts.entry_ref as subject,
            receipts.lender,
            receipts.channel,
            receipts.amount_minor as ledger_amount_minor,
            cast(receipts.booked_on as timestamp) as happened_at,
        from receipts
        left join file_days
            -- of the channel that it names there is no file, whatever others sent
            on receipts.channel is null and receipts.settle_date = file_days.settle_date
    ),
    final as (
        select
            substr(md5('excluded ' || together.subject), 1, 16) as break_id,
            'excluded' as category,
            '不参与勾对' as category_zh,
            cast(null as varchar) as severity,
            together.subject,
            together.lender,
            together.channel,
            together.bank_code,
            loans.borrower_ref,
            together.loan_id,
            together.instalment_no,
            together.order_no,
            together.channel_ref,
            together.posting_id,
            together.ledger_amount_minor,
            together.channel_amount_minor,
            cast(null as bigint) as difference_minor,
            cast(null as bigint) as refund_minor,
            business_day.currency,
            together.happened_at,
            instalments.due_date,
            cast(null as date) as open_since,
            cast(null as bigint) as age_days,
            together.why as cause,
            cast(null as varchar) as liable,
            cast(null as varchar) as proof,
            cast(null as varchar) as bureau_correction,
            cast(null as boolean) as stop_collection,
            cast(null as varchar) as remedy,
            files.shown_as || ':' || (together.entry_id % 4294967296) as sources,
            together.why,
        from together
        cross join business_day
        inner join files on together.entry_id // 4294967296 = files.file_id
        left join loans
            on together.lender = loans.lender and together.loan_id = loans.loan_id
        left join instalments
            on together.lender = instalments.lender
            and together.loan_id = instalments.loan_id
            and together.instalment_no = instalments.instalment_no
        order by together.subject
    )
select * from final
