-- row: one debit of an instalment that earlier debits already paid in full
-- key: entry_id
with
    debits as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_entry,
            net_minor,
            earlier_minor,
            repeats_order_no,
            due_on,
            known_on,
        from breaks.instalment_debits
    ),
    instalments as (
        select
            entry_id,
            amount_due_minor,
        from staging.instalments
    ),
    charges as (
        select
            instalment_entry,
            charged_minor,
        from breaks.charges_in_force
    ),
    final as (
        select
            debits.entry_id,
            debits.lender,
            debits.loan_id,
            debits.net_minor,
            debits.repeats_order_no,
            debits.due_on,
            debits.known_on,
        from debits
        inner join instalments
            on debits.instalment_entry = instalments.entry_id
        left join charges
            on debits.instalment_entry = charges.instalment_entry
        where
            debits.earlier_minor
            >= instalments.amount_due_minor + coalesce(charges.charged_minor, 0)
    )
select * from final
