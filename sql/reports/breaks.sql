-- row: one listed break, sorted by the category's rank, then subject
-- key: break_id
with
    break_rows as (
        select
            category,
            category_zh,
            rank,
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
            family,
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
        where is_listed
    ),
    final as (
        select
            substr(md5(category || ' ' || subject), 1, 16) as break_id,
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
            -- an open entry lacks its other side whole
            case
                when family = 'open_entries'
                    then coalesce(ledger_amount_minor, 0)
                        - coalesce(channel_amount_minor, 0)
                else ledger_amount_minor - channel_amount_minor
            end as difference_minor,
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
        from break_rows
        order by
            rank,
            subject
    )
select * from final
