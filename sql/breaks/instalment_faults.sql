-- row: one break of an instalment's debits or postings, and who answers for it
-- key: instalment_id, category, entry_id
with
    overdue as (
        select entry_id
        from breaks.wrongly_overdue
    ),
    instalments as (
        select
            instalments.entry_id,
            instalments.lender,
            instalments.loan_id,
            instalments.instalment_no,
        from breaks.due_instalments as instalments
        semi join overdue on instalments.entry_id = overdue.entry_id
    ),
    faults as (
        select
            liability.category,
            liability.entry_id,
            liability.liable,
            subjects.lender,
            subjects.loan_id,
            subjects.instalment_no,
            subjects.happened_at,
        from breaks.direct_liability as liability
        inner join breaks.entry_subjects as subjects
            on liability.entry_id = subjects.entry_id
        where liability.family in ('open_entries', 'matched_but_wrong')
    ),
    debits as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
        from staging.debits
    ),
    matched_debits as (
        select
            posting_entry,
            debit_entry,
        from breaks.matched_debits
    ),
    concerned as (
        select
            category,
            entry_id,
            liable,
            happened_at,
            lender,
            loan_id,
            instalment_no,
        from faults
        union
        -- a posting booked elsewhere still concerns the instalment its debit paid
        select
            faults.category,
            faults.entry_id,
            faults.liable,
            faults.happened_at,
            debits.lender,
            debits.loan_id,
            debits.instalment_no,
        from faults
        inner join matched_debits on faults.entry_id = matched_debits.posting_entry
        inner join debits on matched_debits.debit_entry = debits.entry_id
    ),
    final as (
        select
            instalments.entry_id as instalment_id,
            concerned.category,
            concerned.entry_id,
            concerned.liable,
            concerned.happened_at as fact_at,
        from instalments
        inner join concerned
            on instalments.lender = concerned.lender
            and instalments.loan_id = concerned.loan_id
            and instalments.instalment_no = concerned.instalment_no
    )
select * from final
