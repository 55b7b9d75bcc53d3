-- row: one open debit and one open posting of its loan and amount, booked days later
-- key: debit_id, posting_id
-- A day of late_match_days is 24 hours.
with
    business_day as (
        select late_match_days
        from reference.business_day
    ),
    entries as (
        select
            entry_id,
            side,
            channel,
            lender,
            loan_id,
            amount_minor,
            universal_at,
        from matching.left_by_amount_across_loans
        where may_meet
    ),
    final as (
        select
            debits.entry_id as debit_id,
            postings.entry_id as posting_id,
        from entries as debits
        cross join business_day
        inner join entries as postings
            on debits.lender = postings.lender
            and debits.loan_id = postings.loan_id
            and debits.amount_minor = postings.amount_minor
            and (postings.channel is null or debits.channel = postings.channel)
            and debits.universal_at <= postings.universal_at
            and postings.universal_at
            <= debits.universal_at + to_days(business_day.late_match_days)
            and postings.side = 'posting'
        where debits.side = 'debit'
    )
select * from final
