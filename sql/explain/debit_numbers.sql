-- row: the asked debit, what is left of it and what its instalment had before it
-- key: entry_id
-- rank: 2
-- family: numbers
with
    subject as (
        select entry_id
        from explain.subject
        where kind = 'debit'
    ),
    debits as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            amount_minor,
            net_minor,
            refunded_at,
            happened_at,
            posting_due_at,
            settle_date,
        from staging.debits
    ),
    instalments as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            amount_due_minor,
        from staging.instalments
    ),
    charges as (
        select
            instalment_entry,
            charged_minor,
        from breaks.charges_in_force
    ),
    earlier as (
        select
            entry_id,
            cast(earlier_minor as bigint) as earlier_minor,
        from breaks.instalment_debits
    ),
    final as (
        select
            debits.entry_id,
            debits.amount_minor,
            debits.net_minor,
            debits.refunded_at,
            debits.happened_at,
            debits.posting_due_at,
            debits.settle_date,
            instalments.amount_due_minor as instalment_due_minor,
            charges.charged_minor as charges_in_force_minor,
            earlier.earlier_minor as taken_by_earlier_debits_minor,
        from debits
        semi join subject on debits.entry_id = subject.entry_id
        left join instalments
            on debits.lender = instalments.lender
            and debits.loan_id = instalments.loan_id
            and debits.instalment_no = instalments.instalment_no
        left join charges on instalments.entry_id = charges.instalment_entry
        left join earlier on debits.entry_id = earlier.entry_id
    )
select * from final
