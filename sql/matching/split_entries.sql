-- row: one open entry of a loan where a whole and at least two pieces may meet
-- key: entry_id
with
    entries as (
        select
            entry_id,
            side,
            entry_ref,
            channel,
            lender,
            loan_id,
            instalment_no,
            amount_minor,
            universal_at,
            window_seconds,
        from matching.left_by_loan_and_amount
        where may_meet
    ),
    loans as (
        select
            lender,
            loan_id,
            min(entry_id) as cluster_id,
        from entries
        group by
            lender,
            loan_id
        having count(distinct side) = 2 and count(*) > 2
    ),
    final as (
        select
            entries.entry_id,
            entries.side,
            entries.entry_ref,
            loans.cluster_id,
            entries.channel,
            entries.universal_at,
            entries.amount_minor,
            entries.instalment_no,
            entries.window_seconds,
        from entries
        inner join loans
            on entries.lender = loans.lender and entries.loan_id = loans.loan_id
    )
select * from final
