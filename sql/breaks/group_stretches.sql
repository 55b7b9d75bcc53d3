-- row: one group of an order_no, and days on end on which none of its sums changed, nor
--   how much of what was taken were duplicates
-- key: group_id, from_day
with
    groups as (
        select
            group_id,
            amount_tolerance_minor,
            cast(posting_due_at - interval 1 microsecond as date) as due_on,
        from matching.order_groups
    ),
    sums as (
        select
            group_id,
            day,
            next_day,
            due_on,
            booked_minor - taken_minor as difference_minor,
            duplicate_minor,
            booked_again_minor,
        from breaks.group_sums
    ),
    compared as (
        select
            sums.group_id,
            sums.day,
            sums.next_day,
            abs(sums.difference_minor) > groups.amount_tolerance_minor as differs,
            least(
                abs(sums.difference_minor + sums.duplicate_minor),
                abs(sums.difference_minor - sums.booked_again_minor),
                abs(
                    sums.difference_minor
                    + sums.duplicate_minor
                    - sums.booked_again_minor
                )
            ) <= groups.amount_tolerance_minor
                as duplicates_say_why,
            least(sums.due_on, coalesce(sums.next_day, groups.due_on)) as waits_until,
        from sums
        inner join groups on sums.group_id = groups.group_id
    ),
    final as (
        select
            group_id,
            day as from_day,
            next_day as until_day,
            -- unknown while one side had nothing
            differs,
            duplicates_say_why,
            case when differs and day < waits_until then waits_until end
                as waited_until,
        from compared
    )
select * from final
