-- row: one debit of an instalment that earlier debits already paid in full
-- key: entry_id
-- rank: 3
-- family: open_entries
-- subject: entry
-- zh: 重复扣款
-- severity: high
-- means: The borrower paid this instalment before; the money was taken once too often.
-- remedy: Refund the debit to the borrower's card.
with
    debits as (
        select
            entry_id,
            instalment_entry,
            net_minor,
            earlier_minor,
            repeats_order_no,
            known_since,
        from breaks.instalment_debits
    ),
    judged_since as (
        select
            entry_id,
            true_since as day,
        from breaks.unmatched_debits
        union all
        select
            entries.entry_id,
            groups.judged_since as day,
        from matching.entries as entries
        inner join breaks.group_days as groups
            on entries.group_id = groups.group_id
        where entries.state = 'matched'
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
            case
                when debits.repeats_order_no then 'same_order_no'
                else 'other_order_no'
            end as cause,
            debits.net_minor as refund_minor,
            greatest(debits.known_since, judged_since.day) as true_since,
        from debits
        inner join judged_since on debits.entry_id = judged_since.entry_id
        inner join instalments
            on debits.instalment_entry = instalments.entry_id
        left join charges
            on debits.instalment_entry = charges.instalment_entry
        where
            debits.earlier_minor
            >= instalments.amount_due_minor + coalesce(charges.charged_minor, 0)
    )
select * from final
