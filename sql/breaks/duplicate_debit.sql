-- row: one debit of an instalment that earlier debits already paid in full, once it is
--   judged
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
            net_minor,
            repeats_order_no,
            known_on,
        from breaks.surplus_debits
    ),
    -- the last time that earlier debits came to pay for all that was owed
    enough as (
        select
            entry_id,
            max(known_on) as covered_on,
        from breaks.paid_earlier
        where not was_enough
        group by entry_id
    ),
    final as (
        select
            debits.entry_id,
            case
                when debits.repeats_order_no then 'same_order_no'
                else 'other_order_no'
            end as cause,
            debits.net_minor as refund_minor,
            greatest(debits.known_on, enough.covered_on, judged.judged_since)
                as true_since,
        from debits
        inner join breaks.surplus_judged as judged on debits.entry_id = judged.entry_id
        left join enough on debits.entry_id = enough.entry_id
    )
select * from final
