-- row: what the ledger makes the borrower of the asked instalment pay and suffer
-- key: entry_id
-- rank: 6
-- family: numbers
with
    subject as (
        select entry_id
        from explain.subject
        where kind = 'instalment'
    ),
    rules as (
        select
            entry_id,
            late_interest_rate_per_day,
            failed_debit_fee_minor,
        from breaks.due_instalments
        where has_rule
    ),
    late as (
        select entry_id
        from breaks.late_instalments
    ),
    treated as (
        select
            entry_id,
            charged_minor,
            treated_since,
            collection_stage,
            bureau_status,
            bureau_reported_on,
        from breaks.treated_as_late
    ),
    balances as (
        select
            entry_id,
            shows_funds,
        from breaks.due_date_balances
    ),
    final as (
        select
            subject.entry_id,
            late.entry_id is not null as is_late,
            treated.treated_since as treated_as_late_since,
            treated.charged_minor as charges_in_force_minor,
            rules.late_interest_rate_per_day,
            rules.failed_debit_fee_minor,
            treated.collection_stage,
            treated.bureau_status,
            treated.bureau_reported_on,
            balances.shows_funds as is_money_shown_on_the_due_date,
        from subject
        left join rules on subject.entry_id = rules.entry_id
        left join late on subject.entry_id = late.entry_id
        left join treated on subject.entry_id = treated.entry_id
        left join balances on subject.entry_id = balances.entry_id
    )
select * from final
