-- row: one debit or posting whose order_no no lender ordered, and what stands for
--   that order
-- key: entry_id
with
    strays as (
        select
            entry_id,
            channel,
            order_no,
        from staging.debits
        where net_minor > 0 and order_no is not null and order_entry is null
        union all
        select
            entry_id,
            channel,
            order_no,
        from staging.channel_repayments
        where
            channel is not null and order_no is not null and order_entry is null
    ),
    final as (
        select
            entry_id,
            min(entry_id) over (partition by channel, order_no) as group_entry,
        from strays
    )
select * from final
