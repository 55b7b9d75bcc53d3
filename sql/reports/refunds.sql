-- row: one sum that a borrower gets back, and why; sorted by lender, borrower and loan
-- key: break_id
-- A debit drawn twice and charges for a lateness that was none are different money: a
-- borrower who has both gets both.
with
    breaks as (
        select
            break_id,
            category,
            category_zh,
            lender,
            channel,
            borrower_ref,
            loan_id,
            instalment_no,
            order_no,
            channel_ref,
            refund_minor,
            currency,
            open_since,
            cause,
            liable,
            proof,
            remedy,
            sources,
        from reports.breaks
        where refund_minor > 0
    ),
    final as (
        select
            lender,
            borrower_ref,
            loan_id,
            instalment_no,
            refund_minor as amount_minor,
            currency,
            case when category = 'duplicate_debit' then 'debit' else 'charges' end
                as returns,
            category,
            category_zh,
            cause,
            liable,
            -- the channel's own lines show a debit drawn twice
            coalesce(proof, 'proven') as proof,
            open_since,
            channel,
            order_no,
            channel_ref,
            break_id,
            remedy,
            sources,
        from breaks
        order by
            lender,
            borrower_ref,
            loan_id,
            instalment_no,
            break_id
    )
select * from final
