-- row: one debit of an instalment that earlier debits already paid in full
-- key: entry_id
-- rank: 3
-- family: open_entries
-- subject: entry
-- zh: 重复扣款
-- severity: critical
-- means: The borrower paid this instalment before; the money was taken once too often.
-- remedy: Refund the debit to the borrower's card.
with
    debits as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            net_minor,
            earlier_minor,
            repeats_order_no,
            happened_at,
        from breaks.instalment_debits
    ),
    lines as (
        select
            entry_id,
            settle_date,
        from staging.debits
    ),
    instalments as (
        select
            lender,
            loan_id,
            instalment_no,
            amount_due_minor,
        from staging.instalments
    ),
    charges as (
        select
            lender,
            loan_id,
            instalment_no,
            charged_minor,
        from breaks.charges_in_force
    ),
    final as (
        select
            debits.entry_id,
            case
                when debits.repeats_order_no then 'same_order_no'
                else 'other_order_no'
            end as cause,
            debits.net_minor as refund_minor,
            greatest(cast(debits.happened_at as date), lines.settle_date) as true_since,
        from debits
        inner join lines on debits.entry_id = lines.entry_id
        inner join instalments
            on debits.lender = instalments.lender
            and debits.loan_id = instalments.loan_id
            and debits.instalment_no = instalments.instalment_no
        left join charges
            on debits.lender = charges.lender
            and debits.loan_id = charges.loan_id
            and debits.instalment_no = charges.instalment_no
        where
            debits.earlier_minor
            >= instalments.amount_due_minor + coalesce(charges.charged_minor, 0)
    )
select * from final
