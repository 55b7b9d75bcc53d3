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
    given_back as (
        select
            entry_id,
            told_on,
        from breaks.given_back
        where left_minor < before_minor
    ),
    later_pairs as (
        select
            entry_id,
            group_id,
        from matching.passes
        where member <> 'by_order_no'
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
            max(given_back.told_on) as stopped_on,
        from later_pairs
        inner join given_back on later_pairs.entry_id = given_back.entry_id
        group by later_pairs.group_id
    )
select * from final
