-- row: one instalment whose collecting the lender spoiled, and what is left to collect
-- key: entry_id
with
    spoiled as (
        select entry_id from breaks.debit_not_attempted
        union
        select entry_id from breaks.split_incomplete
        union
        select orders.instalment_entry as entry_id
        from breaks.over_bank_limit as over_limit
        inner join staging.orders as orders on over_limit.entry_id = orders.entry_id
    ),
    instalments as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            due_date,
            amount_due_minor,
        from breaks.due_instalments
        where not is_paid
    ),
    money as (
        select
            instalment_entry,
            cast(sum(amount_minor) as bigint) as collected_minor,
        from breaks.covering_money
        group by instalment_entry
    ),
    final as (
        select
            instalments.entry_id,
            instalments.lender,
            instalments.loan_id,
            instalments.instalment_no,
            instalments.due_date,
            instalments.amount_due_minor - coalesce(money.collected_minor, 0)
                as amount_minor,
        from instalments
        semi join spoiled on instalments.entry_id = spoiled.entry_id
        left join money on instalments.entry_id = money.instalment_entry
        where instalments.amount_due_minor > coalesce(money.collected_minor, 0)
    )
select * from final
