-- row: the breaks of one channel from the stored day before to this one
-- key: channel
-- opening + new - cleared = closing; breaks without a channel stand under an empty name
with
    before as (
        select
            break_id,
            coalesce(channel, '') as channel,
        from reports.stored_breaks
    ),
    today as (
        select
            break_id,
            coalesce(channel, '') as channel,
        from reports.breaks
    ),
    channels as (
        select channel from before
        union
        select channel from today
        union
        select channel from staging.settlement_files
    ),
    opening as (
        select channel, count(*) as breaks
        from before
        group by channel
    ),
    new as (
        select today.channel, count(*) as breaks
        from today
        anti join before
            on today.break_id = before.break_id and today.channel = before.channel
        group by today.channel
    ),
    cleared as (
        select before.channel, count(*) as breaks
        from before
        anti join today
            on before.break_id = today.break_id and before.channel = today.channel
        group by before.channel
    ),
    closing as (
        select channel, count(*) as breaks
        from today
        group by channel
    ),
    final as (
        select
            channels.channel,
            coalesce(opening.breaks, 0) as opening,
            coalesce(new.breaks, 0) as new,
            coalesce(cleared.breaks, 0) as cleared,
            coalesce(closing.breaks, 0) as closing,
        from channels
        left join opening on channels.channel = opening.channel
        left join new on channels.channel = new.channel
        left join cleared on channels.channel = cleared.channel
        left join closing on channels.channel = closing.channel
        order by channels.channel
    )
select * from final
