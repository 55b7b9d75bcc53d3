-- row: one asked entry beside one entry of the other side that is near it
-- key: entry_id, other_id
with
    asked as (
        select entry_id
        from explain.asked_entries
    ),
    near as (
        select
            entry_id,
            side,
            channel,
            lender,
            loan_id,
            borrower_ref,
            card_no,
            order_card_no,
            amount_minor,
            universal_at,
            window_seconds,
            may_meet,
            taken_by_rank,
            taken_by,
        from explain.near_entries
    ),
    business_day as (
        select late_match_days
        from reference.business_day
    ),
    pairs as (
        select
            debits.entry_id as debit_id,
            postings.entry_id as posting_id,
            coalesce(debits.loan_id = postings.loan_id, false) as is_same_loan,
            postings.channel is null or debits.channel = postings.channel
                as is_channel_right,
            postings.amount_minor - debits.amount_minor as difference_minor,
            date_diff('second', debits.universal_at, postings.universal_at)
                as posted_after_seconds,
            coalesce(postings.window_seconds, debits.window_seconds) as window_seconds,
            86400 * business_day.late_match_days as late_match_seconds,
            coalesce(debits.borrower_ref = postings.borrower_ref, false)
                or coalesce(debits.card_no = postings.card_no, false)
                or coalesce(debits.order_card_no = postings.card_no, false)
                as is_borrower_shared,
        from near as debits
        inner join near as postings on debits.lender = postings.lender
        cross join business_day
        where debits.side = 'debit' and postings.side = 'posting'
    ),
    turned as (
        select
            debit_id as entry_id,
            posting_id as other_id,
            *,
        from pairs
        union all
        select
            posting_id as entry_id,
            debit_id as other_id,
            *,
        from pairs
    ),
    final as (
        select
            turned.entry_id,
            turned.other_id,
            turned.is_same_loan,
            turned.is_channel_right,
            turned.is_borrower_shared,
            turned.difference_minor,
            turned.posted_after_seconds,
            greatest(abs(turned.posted_after_seconds) - turned.window_seconds, 0)
                as outside_window_seconds,
            turned.late_match_seconds,
            others.may_meet,
            others.taken_by_rank,
            others.taken_by,
        from turned
        semi join asked on turned.entry_id = asked.entry_id
        inner join near as others on turned.other_id = others.entry_id
    )
select * from final
