-- row: one reason why by_order_no put an asked entry into no group
-- key: entry_id, other_id?
-- rank: 1
-- family: declined
with
    asked as (
        select
            asked_entries.entry_id,
            asked_entries.side,
            near.order_no,
        from explain.asked_entries as asked_entries
        inner join explain.near_entries as near
            on asked_entries.entry_id = near.entry_id
        where asked_entries.taken_by_rank > 1
    ),
    misses as (
        select
            entry_id,
            other_id,
            why,
        from explain.order_no_misses
    ),
    final as (
        select
            asked.entry_id,
            misses.other_id,
            case
                when asked.order_no is null then 'it bears no order_no'
                when misses.other_id is not null then misses.why
                when asked.side = 'debit' then 'no posting bears its order_no'
                else 'no settlement line bears its order_no'
            end as why,
            cast(null as bigint) as by_minor,
            cast(null as bigint) as by_seconds,
        from asked
        left join misses on asked.entry_id = misses.entry_id
        qualify
            row_number() over (partition by asked.entry_id order by misses.other_id)
            <= 10
        order by asked.entry_id, misses.other_id
    )
select * from final
