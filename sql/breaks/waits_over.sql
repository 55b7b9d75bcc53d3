-- row: one group of an order_no that waited for its sums to agree, and the day on
--   which it stopped
-- key: group_id
-- kept: no
with
    stretches as (
        select
            group_id,
            waited_until,
        from breaks.group_stretches
        where waited_until is not null
    ),
    final as (
        select
            group_id,
            max(waited_until) as stopped_on,
        from stretches
        group by group_id
    )
select * from final
