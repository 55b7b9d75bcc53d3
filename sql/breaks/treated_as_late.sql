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
            held_due_date,
            collection_stage,
            bureau_status,
            bureau_reported_on,
        from breaks.latest_status
        where is_held_late
    ),
    treated as (
        select
            instalments.entry_id,
            instalments.lender,
            instalments.loan_id,
            instalments.instalment_no,
            instalments.due_date,
            instalments.last_day_in_time,
            instalments.amount_due_minor,
            coalesce(charges.charged_minor, 0) as charged_minor,
            charges.first_charged_on,
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
    ),
    seen as (
        select
            statuses.lender,
            statuses.loan_id,
            statuses.as_of as from_day,
            lead(statuses.as_of) over (
                partition by statuses.lender, statuses.loan_id
                order by statuses.as_of
            ) as until_day,
            statuses.held_due_date,
            statuses.is_held_late,
        from breaks.held_statuses as statuses
        semi join treated
            on statuses.lender = treated.lender
            and statuses.loan_id = treated.loan_id
    ),
    grounds as (
        select
            treated.entry_id,
            seen.from_day,
            seen.until_day,
        from treated
        inner join seen
            on treated.lender = seen.lender
            and treated.loan_id = seen.loan_id
            and treated.due_date = seen.held_due_date
        where seen.is_held_late
        union all
        select
            entry_id,
            first_charged_on as from_day,
            cast(null as date) as until_day,
        from treated
        where first_charged_on is not null
    ),
    after_others as (
        select
            entry_id,
            from_day,
            -- no ground before this one lasts until it
            coalesce(
                max(coalesce(until_day, date '9999-12-31')) over (
                    partition by entry_id
                    order by from_day
                    rows between unbounded preceding and 1 preceding
                ) < from_day,
                true
            ) as is_first,
        from grounds
    ),
    unbroken as (
        select
            entry_id,
            max(from_day) as treated_since,
        from after_others
        where is_first
        group by entry_id
    ),
    final as (
        select
            treated.entry_id,
            treated.lender,
            treated.loan_id,
            treated.instalment_no,
            treated.due_date,
            treated.last_day_in_time,
            treated.amount_due_minor,
            treated.charged_minor,
            unbroken.treated_since,
            treated.status_id,
            treated.collection_stage,
            treated.bureau_status,
            treated.bureau_reported_on,
        from treated
        inner join unbroken on treated.entry_id = unbroken.entry_id
    )
select * from final
