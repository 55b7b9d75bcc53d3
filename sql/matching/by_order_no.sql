-- row: one debit or posting in the group of its order_no
-- key: entry_id
-- rank: 1
-- family: passes
with
    groups as (
        select
            group_id,
            channel,
            group_order_no,
        from matching.order_groups
    ),
    splits as (
        select
            channel,
            order_no,
            group_order_no,
        from matching.split_orders
    ),
    entries as (
        select
            entry_id,
            'debit' as side,
            channel,
            order_no,
        from staging.debits
        where net_minor > 0
        union all
        select
            entry_id,
            'posting' as side,
            channel,
            order_no,
        from staging.channel_repayments
    ),
    final as (
        select
            entries.entry_id,
            entries.side,
            groups.group_id,
            'matched' as verdict,
            cast(null as varchar) as cause,
        from entries
        left join splits
            on entries.channel = splits.channel and entries.order_no = splits.order_no
        inner join groups
            on entries.channel = groups.channel
            and groups.group_order_no
                = coalesce(splits.group_order_no, entries.order_no)
    )
select * from final
