-- row: one group of an order_no, and days on end on which none of its sums changed
-- key: group_id, from_day
-- Of groups that ever had anything to wait for: the sums are those at the end of each
-- day on which an entry came, was given back or was undone.
with
    groups as (
        select
            group_id,
            differs,
            amount_tolerance_minor,
            cast(posting_due_at - interval 1 microsecond as date) as due_on,
        from matching.order_groups
        where not is_in_transit
    ),
    history as (
        select
            is_posting,
            group_id,
            channel,
            debit_ref,
            order_no,
            signed_minor,
            due_on,
            counts_from,
            counts_until,
        from breaks.group_history
    ),
    facts as (
        select group_id, unnest([counts_from, counts_until]) as day
        from history
    ),
    asked as (
        select groups.group_id
        from groups
        inner join facts on groups.group_id = facts.group_id
        group by groups.group_id
        having
            any_value(groups.differs)
            or count(*) filter (facts.day is not null) > 2
    ),
    changes as (
        select
            facts.group_id,
            facts.day,
        from facts
        semi join asked on facts.group_id = asked.group_id
        where facts.day is not null
        group by
            facts.group_id,
            facts.day
    ),
    days as (
        select
            group_id,
            day,
            lead(day) over (partition by group_id order by day) as next_day,
        from changes
    ),
    known_then as (
        select
            history.is_posting,
            history.group_id,
            days.day,
            history.channel,
            history.debit_ref,
            history.order_no,
            history.signed_minor,
            history.due_on,
        from days
        inner join history
            on days.group_id = history.group_id
            and history.counts_from <= days.day
            and days.day < coalesce(history.counts_until, days.day + 1)
    ),
    -- a refund that names no debit goes to whichever debit of its order can bear it
    debits_then as (
        select
            group_id,
            day,
            channel,
            order_no,
            any_value(due_on) as due_on,
            case
                when debit_ref is null then sum(signed_minor)
                else greatest(sum(signed_minor), 0)
            end as left_minor,
        from known_then
        where not is_posting
        group by
            group_id,
            day,
            channel,
            order_no,
            debit_ref
    ),
    taken_by_order as (
        select
            group_id,
            day,
            channel,
            order_no,
            max(due_on) filter (where left_minor > 0) as due_on,
            count(*) filter (where left_minor > 0) as debit_count,
            -- what each of its debits is, when they are alike
            case
                when count(*) filter (where left_minor > 0) = 1 then sum(left_minor)
                when min(left_minor) filter (where left_minor <> 0) = max(left_minor)
                    then max(left_minor)
            end as debit_minor,
            sum(left_minor) as net_minor,
        from debits_then
        group by
            group_id,
            day,
            channel,
            order_no
    ),
    booked_by_order as (
        select
            group_id,
            day,
            channel,
            order_no,
            count(*) as posting_count,
            min(signed_minor) as least_minor,
            max(signed_minor) as most_minor,
            sum(signed_minor) as booked_minor,
        from known_then
        where is_posting
        group by
            group_id,
            day,
            channel,
            order_no
    ),
    taken_then as (
        select
            group_id,
            day,
            max(due_on) as due_on,
            sum(net_minor) as taken_minor,
        from taken_by_order
        where net_minor > 0
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
            and booked.channel = taken.channel
            and booked.order_no = taken.order_no
            and booked.least_minor = taken.debit_minor
            and booked.most_minor = taken.debit_minor
        group by
            booked.group_id,
            booked.day
    ),
    compared as (
        select
            days.group_id,
            days.day,
            days.next_day,
            abs(booked_then.booked_minor - taken_then.taken_minor)
                > groups.amount_tolerance_minor
                as differs,
            abs(
                booked_then.booked_minor
                - booked_then.booked_again_minor
                - taken_then.taken_minor
            ) <= groups.amount_tolerance_minor
                as is_only_booked_again,
            least(taken_then.due_on, coalesce(days.next_day, groups.due_on))
                as waits_until,
        from days
        inner join groups on days.group_id = groups.group_id
        left join taken_then
            on days.group_id = taken_then.group_id and days.day = taken_then.day
        left join booked_then
            on days.group_id = booked_then.group_id and days.day = booked_then.day
    ),
    final as (
        select
            group_id,
            day as from_day,
            next_day as until_day,
            -- unknown while one side had nothing
            differs,
            is_only_booked_again,
            case when differs and day < waits_until then waits_until end
                as waited_until,
        from compared
    )
select * from final
