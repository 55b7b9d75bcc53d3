-- row: one group of an order_no that waited for its sums to agree, and the day on
--   which it stopped
-- key: group_id
-- The sums are those at the end of each day on which anything of the group changed
-- after its last entry came.
with
    groups as (
        select
            group_id,
            differs,
            amount_tolerance_minor,
            cast(posting_due_at - interval 1 microsecond as date) as due_on,
            greatest(last_settle_date, cast(last_posted_at as date)) as complete_on,
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
    changes as (
        select
            facts.group_id,
            facts.day,
        from facts
        inner join groups
            on facts.group_id = groups.group_id
            and groups.complete_on < facts.day
    ),
    candidates as (
        select
            group_id,
            day,
        from changes
        union
        select
            groups.group_id,
            groups.complete_on as day,
        from groups
        left join changes on groups.group_id = changes.group_id
        where groups.differs or changes.group_id is not null
    ),
    days as (
        select
            group_id,
            day,
            lead(day) over (partition by group_id order by day) as next_day,
        from candidates
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
    orders_then as (
        select
            group_id,
            day,
            max(due_on) filter (where left_minor > 0) as due_on,
            sum(left_minor) as net_minor,
        from debits_then
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
        from orders_then
        where net_minor > 0
        group by
            group_id,
            day
    ),
    booked_then as (
        select
            group_id,
            day,
            sum(signed_minor) as booked_minor,
        from known_then
        where is_posting
        group by
            group_id,
            day
    ),
    stretches as (
        select
            taken_then.group_id,
            taken_then.day,
            abs(booked_then.booked_minor - taken_then.taken_minor)
                > groups.amount_tolerance_minor
                as differed,
            least(taken_then.due_on, coalesce(days.next_day, groups.due_on)) as until,
        from taken_then
        inner join days
            on taken_then.group_id = days.group_id and taken_then.day = days.day
        inner join booked_then
            on taken_then.group_id = booked_then.group_id
            and taken_then.day = booked_then.day
        inner join groups on taken_then.group_id = groups.group_id
    ),
    final as (
        select
            group_id,
            max(until) as stopped_on,
        from stretches
        where differed and day < until
        group by group_id
    )
select * from final
