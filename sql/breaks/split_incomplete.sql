-- row: one instalment whose pieces do not add up to what is due
-- key: entry_id
-- rank: 26
-- family: collection
-- subject: instalment
-- zh: 拆单不全
-- severity: high
-- means: The instalment was split into debits that could never pay it in full.
-- remedy: Order the missing piece at the lender's cost and correct the splitting.
with
    splits as (
        select
            entry_id,
            requested_on,
            has_zero_piece,
            first_requested_at,
            pieces_minor,
            amount_due_minor,
        from breaks.incomplete_splits
    ),
    unpaid as (
        select
            entry_id,
            unpaid_since,
        from breaks.unpaid_instalments
    ),
    final as (
        select
            splits.entry_id,
            case
                when splits.has_zero_piece then 'zero_piece'
                else 'pieces_do_not_add_up'
            end as cause,
            splits.amount_due_minor as ledger_amount_minor,
            splits.pieces_minor as channel_amount_minor,
            splits.first_requested_at as fact_at,
            greatest(splits.requested_on, unpaid.unpaid_since) as true_since,
        from splits
        inner join unpaid on splits.entry_id = unpaid.entry_id
        qualify
            row_number() over (
                partition by splits.entry_id
                order by splits.requested_on
            ) = 1
    )
select * from final
