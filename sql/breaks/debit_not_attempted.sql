-- row: one instalment that fell due and that nobody tried to collect
-- key: entry_id
-- rank: 21
-- family: collection
-- subject: instalment
-- zh: 未发起扣款
-- severity: high
-- means: The instalment is due, not paid, and no debit was ever ordered.
-- remedy: Order the debit now and charge nothing for the delay.
with
    instalments as (
        select
            entry_id,
            amount_due_minor,
            unpaid_since,
        from breaks.unpaid_instalments
    ),
    orders as (
        select instalment_entry
        from staging.orders
    ),
    final as (
        select
            instalments.entry_id,
            'no_debit_order' as cause,
            instalments.amount_due_minor as ledger_amount_minor,
            instalments.unpaid_since as true_since,
        from instalments
        anti join orders on instalments.entry_id = orders.instalment_entry
    )
select * from final
