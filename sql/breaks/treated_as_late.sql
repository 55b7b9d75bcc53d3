-- row: one instalment that fell due and that the ledger treats as late
-- key: entry_id
with
    instalments as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            due_date,
            last_day_in_time,
            amount_due_minor,
        from breaks.due_instalments
    ),
    charges as (
        select
            instalment_entry,
            charged_minor,
            first_charged_on,
        from breaks.charges_in_force
    ),
    statuses as (
        select
            entry_id,
            lender,
            loan_id,
            as_of,
            held_since,
            held_due_date,
            collection_stage,
            bureau_status,
            bureau_reported_on,
        from breaks.latest_status
        where is_held_late
    ),
    final as (
        select
            instalments.entry_id,
            instalments.lender,
            instalments.loan_id,
            instalments.instalment_no,
            instalments.due_date,
            instalments.last_day_in_time,
            instalments.amount_due_minor,
            coalesce(charges.charged_minor, 0) as charged_minor,
            least(charges.first_charged_on, statuses.held_since) as treated_since,
            statuses.entry_id as status_id,
            statuses.collection_stage,
            statuses.bureau_status,
            statuses.bureau_reported_on,
        from instalments
        left join charges
            on instalments.entry_id = charges.instalment_entry
        left join statuses
            on instalments.lender = statuses.lender
            and instalments.loan_id = statuses.loan_id
            and instalments.due_date = statuses.held_due_date
        where charges.instalment_entry is not null or statuses.lender is not null
    )
select * from final
