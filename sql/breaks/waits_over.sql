-- row: one group that waited for its sums to agree, and the day on which it stopped; or
--   one of a later pass whose amounts a refund made equal, and the day that told of it
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
    refunded as (
        select
            entry_id,
            max(from_day) as changed_on,
        from breaks.net_history
        group by entry_id
        having count(*) > 1
    ),
    later_pairs as (
        select
            entry_id,
            group_id,
        from matching.passes
        where group_id > 0 and member <> 'by_order_no'
    ),
    final as (
        select
            group_id,
            max(waited_until) as stopped_on,
        from stretches
        group by group_id
        union all
        select
            later_pairs.group_id,
            max(refunded.changed_on) as stopped_on,
        from later_pairs
        inner join refunded on later_pairs.entry_id = refunded.entry_id
        group by later_pairs.group_id
    )
select * from final
