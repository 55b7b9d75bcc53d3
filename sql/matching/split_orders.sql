-- row: one debit order that is a piece of a split, and the order that stands for the
--   split
-- key: order_entry
with
    pieces as (
        select
            entry_id,
            channel,
            instalment_entry,
            requested_at,
        from staging.orders
        where
            purpose = 'instalment'
            and amount_minor < amount_due_minor
    ),
    final as (
        select
            entry_id as order_entry,
            min(entry_id) over same_split as group_entry,
        from pieces
        window same_split as (
            partition by instalment_entry, channel, cast(requested_at as date)
        )
        qualify count(*) over same_split > 1
    )
select * from final
