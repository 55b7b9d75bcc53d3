-- row: one posting with an order_no, and the order or split that its group is named by
-- key: entry_id
-- kept: no
with
    postings as (
        select
            entry_id,
            order_entry,
            amount_minor,
            posted_at,
        from staging.channel_repayments
        where channel is not null and order_no is not null
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
            postings.entry_id,
            coalesce(splits.group_entry, postings.order_entry, strays.group_entry)
                as group_entry,
            postings.amount_minor,
            postings.posted_at,
        from postings
        left join splits on postings.order_entry = splits.order_entry
        left join strays on postings.entry_id = strays.entry_id
    )
select * from final
