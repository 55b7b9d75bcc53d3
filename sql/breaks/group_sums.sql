-- row: one group of an order_no, and its sums at the end of a day on which any changed,
--   or how much of what was taken were duplicates
-- key: group_id, day
-- kept: no
with
    known_then as (
        select
            is_posting,
            group_id,
            day,
            next_day,
            order_no,
            amount_minor,
            due_on,
            is_duplicate,
        from breaks.group_entries
    ),
    days as (
        select
            group_id,
            day,
            any_value(next_day) as next_day,
        from known_then
        group by
            group_id,
            day
    ),
    taken_by_order as (
        select
            group_id,
            day,
            order_no,
            max(due_on) as due_on,
            count(*) as debit_count,
            -- what each of its debits is, when they are alike
            case when min(amount_minor) = max(amount_minor) then max(amount_minor) end
                as debit_minor,
            sum(amount_minor) as net_minor,
            coalesce(sum(amount_minor) filter (is_duplicate), 0) as duplicate_minor,
        from known_then
        where not is_posting
        group by
            group_id,
            day,
            order_no
    ),
    booked_by_order as (
        select
            group_id,
            day,
            order_no,
            count(*) as posting_count,
            min(amount_minor) as least_minor,
            max(amount_minor) as most_minor,
            sum(amount_minor) as booked_minor,
        from known_then
        where is_posting
        group by
            group_id,
            day,
            order_no
    ),
    taken_then as (
        select
            group_id,
            day,
            max(due_on) as due_on,
            sum(net_minor) as taken_minor,
            sum(duplicate_minor) as duplicate_minor,
        from taken_by_order
        group by
            group_id,
            day
    ),
    booked_then as (
        select
            booked.group_id,
            booked.day,
            sum(booked.booked_minor) as booked_minor,
            coalesce(
                sum(
                    greatest(booked.posting_count - taken.debit_count, 0)
                    * taken.debit_minor
                ),
                0
            ) as booked_again_minor,
        from booked_by_order as booked
        left join taken_by_order as taken
            on booked.group_id = taken.group_id
            and booked.day = taken.day
            and booked.order_no = taken.order_no
            and booked.least_minor = taken.debit_minor
            and booked.most_minor = taken.debit_minor
        group by
            booked.group_id,
            booked.day
    ),
    final as (
        select
            days.group_id,
            days.day,
            days.next_day,
            taken_then.due_on,
            taken_then.taken_minor,
            taken_then.duplicate_minor,
            booked_then.booked_minor,
            booked_then.booked_again_minor,
        from days
        left join taken_then
            on days.group_id = taken_then.group_id and days.day = taken_then.day
        left join booked_then
            on days.group_id = booked_then.group_id and days.day = booked_then.day
    )
select * from final
