-- row: one debit order of which nobody can say whether it took money
-- key: entry_id
-- rank: 23
-- family: collection
-- subject: order
-- zh: 状态不明
-- severity: high
-- means: The lender does not know the outcome and no settlement line gives a final one.
-- remedy: Ask the channel for the final outcome of this order and do not send it again.
with
    undecided as (
        select
            entry_id,
            channel,
            amount_minor,
            clearing_day,
            from_day,
        from breaks.undecided_orders
        where until_day is null
    ),
    files as (
        select
            channel,
            settle_date,
        from staging.settlement_files
    ),
    final as (
        select
            undecided.entry_id,
            case
                when files.settle_date is null then 'file_missing'
                else 'absent_from_file'
            end as cause,
            undecided.amount_minor as ledger_amount_minor,
            undecided.from_day as true_since,
        from undecided
        left join files
            on undecided.channel = files.channel
            and undecided.clearing_day = files.settle_date
    )
select * from final
