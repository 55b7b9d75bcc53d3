-- row: one debit with an order_no, and the order or split that its group is named by
-- key: entry_id
-- kept: no
with
    debits as (
        select
            entry_id,
            order_entry,
            channel,
            lender,
            loan_id,
            instalment_no,
            net_minor,
            happened_at,
            posting_due_at,
            settle_date,
        from staging.debits
        where net_minor > 0 and order_no is not null
    ),
    splits as (
        select
            order_entry,
            group_entry,
        from matching.split_orders
    ),
    strays as (
        select
            entry_id,
            group_entry,
        from matching.stray_orders
    ),
    final as (
        select
            debits.entry_id,
            coalesce(splits.group_entry, debits.order_entry, strays.group_entry)
                as group_entry,
            debits.channel,
            debits.lender,
            debits.loan_id,
            debits.instalment_no,
            debits.net_minor,
            debits.happened_at,
            debits.posting_due_at,
            debits.settle_date,
        from debits
        left join splits on debits.order_entry = splits.order_entry
        left join strays on debits.entry_id = strays.entry_id
    )
select * from final
