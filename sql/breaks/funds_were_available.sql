-- row: one debit order refused for lack of funds although the borrower's statement
--   shows them
-- key: entry_id
-- rank: 27
-- family: collection
-- subject: order
-- zh: 余额充足仍扣款失败
-- severity: high
-- means: The bank refused the debit for lack of funds while the card held enough.
-- remedy: Send the statement to the bank and claim what the refusal cost the borrower.
with
    balances as (
        select
            entry_id,
            ordered_minor,
            requested_at,
            statement_entry,
            balance_minor,
            handed_in_on,
            place,
        from breaks.refused_balances
    ),
    lowest as (
        select
            entry_id,
            ordered_minor,
            requested_at,
            statement_entry,
            balance_minor,
            handed_in_on,
        from balances
        qualify
            row_number() over (
                partition by entry_id
                order by balance_minor, place desc
            ) = 1
    ),
    final as (
        select
            entry_id,
            'bank_refused_covered_debit' as cause,
            ordered_minor as ledger_amount_minor,
            balance_minor as channel_amount_minor,
            statement_entry,
            greatest(cast(requested_at as date), handed_in_on) as event_on,
            greatest(cast(requested_at as date), handed_in_on) as true_since,
        from lowest
        where balance_minor >= ordered_minor
    )
select * from final
