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
        where refused_until is null and until_day is null
    ),
    stretches as (
        select
            entry_id,
            coalesce(
                max(until_day) filter (not is_shown), min(from_day)
            ) as shown_since,
        from breaks.funds_stretches
        group by entry_id
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
            lowest.entry_id,
            'bank_refused_covered_debit' as cause,
            lowest.ordered_minor as ledger_amount_minor,
            lowest.balance_minor as channel_amount_minor,
            lowest.statement_entry,
            greatest(cast(lowest.requested_at as date), lowest.handed_in_on)
                as event_on,
            stretches.shown_since as true_since,
        from lowest
        inner join stretches on lowest.entry_id = stretches.entry_id
        where lowest.balance_minor >= lowest.ordered_minor
    )
select * from final
