-- row: one order_no, and days on end on which its debits had taken money that was not
--   given back
-- key: channel, order_no, from_day
-- kept: no
with
    changes as (
        select
            channel,
            order_no,
            from_day as day,
            sum(change_minor) as change_minor,
        from breaks.net_history
        where order_no is not null
        group by
            channel,
            order_no,
            from_day
    ),
    days as (
        select
            channel,
            order_no,
            day,
            sum(change_minor) over (
                partition by channel, order_no
                order by day
            ) > 0 as is_taken,
        from changes
    ),
    turns as (
        select *
        from days
        qualify
            is_taken is distinct from lag(is_taken) over (
                partition by channel, order_no
                order by day
            )
    ),
    spans as (
        select
            channel,
            order_no,
            is_taken,
            day as from_day,
            lead(day) over (partition by channel, order_no order by day) as until_day,
        from turns
    ),
    final as (
        select
            channel,
            order_no,
            from_day,
            until_day,
        from spans
        where is_taken
    )
select * from final
