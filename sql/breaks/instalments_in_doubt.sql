-- row: one instalment that fell due and of which anything may be wrong, or a charged
--   one
-- key: entry_id
-- Posted in full, covered by its due date, first ordered by then, neither charged nor
-- held late: nothing can be wrong with such an instalment, and almost all are such.
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    instalments as (
        select
            entry_id,
            lender,
            loan_id,
            due_date,
            amount_due_minor,
        from staging.instalments
        anti join staging.quiet_orders as put_away
            on instalments.entry_id = put_away.instalment_entry
    ),
    money as (
        select
            instalment_entry,
            sum(amount_minor) as covering_minor,
            max(counts_on) as last_counts_on,
        from breaks.covering_money
        group by instalment_entry
    ),
    posted as (
        select
            instalment_entry,
            sum(amount_minor) as posted_minor,
        from staging.repayments
        group by instalment_entry
    ),
    late_orders as (
        select instalment_entry
        from staging.orders
        where cast(requested_at as date) > instalment_due_date
        group by instalment_entry
    ),
    charged as (
        select instalment_entry
        from breaks.charges_in_force
    ),
    held_late as (
        select
            lender,
            loan_id,
            held_due_date,
        from breaks.latest_status
        where is_held_late
    ),
    final as (
        select
            instalments.entry_id,
            coalesce(posted.posted_minor, 0) >= instalments.amount_due_minor as is_paid,
            instalments.due_date <= business_day.business_date as is_due,
        from instalments
        cross join business_day
        left join money on instalments.entry_id = money.instalment_entry
        left join posted on instalments.entry_id = posted.instalment_entry
        left join late_orders on instalments.entry_id = late_orders.instalment_entry
        left join charged on instalments.entry_id = charged.instalment_entry
        left join held_late
            on instalments.lender = held_late.lender
            and instalments.loan_id = held_late.loan_id
            and instalments.due_date = held_late.held_due_date
        where
            charged.instalment_entry is not null
            or (
                instalments.due_date <= business_day.business_date
                and (
                    coalesce(posted.posted_minor, 0) < instalments.amount_due_minor
                    or coalesce(money.covering_minor, 0) < instalments.amount_due_minor
                    or money.last_counts_on > instalments.due_date
                    or late_orders.instalment_entry is not null
                    or held_late.lender is not null
                )
            )
    )
select * from final
