-- row: the breaks of one channel, or those of one lender without a channel, from the
--   stored day before to this one
-- key: channel, lender
-- opening + new - cleared = closing. A break stands in one row: its channel's, else its
-- lender's.
with
    before as (
        select
            break_id,
            coalesce(channel, '') as channel,
            case when channel is null then coalesce(lender, '') else '' end as lender,
        from reports.stored_breaks
    ),
    today as (
        select
            break_id,
            coalesce(channel, '') as channel,
            case when channel is null then coalesce(lender, '') else '' end as lender,
        from reports.breaks
    ),
    moves as (
        select
            coalesce(before.channel, today.channel) as channel,
            coalesce(before.lender, today.lender) as lender,
            before.break_id is not null as was_there,
            today.break_id is not null as is_there,
        from before
        full join today
            on before.break_id = today.break_id
            and before.channel = today.channel
            and before.lender = today.lender
        union all
        select
            channel,
            '' as lender,
            false as was_there,
            false as is_there,
        from staging.settlement_files
    ),
    final as (
        select
            channel,
            lender,
            count(*) filter (was_there) as opening,
            count(*) filter (is_there and not was_there) as new,
            count(*) filter (was_there and not is_there) as cleared,
            count(*) filter (is_there) as closing,
        from moves
        group by
            channel,
            lender
        order by
            channel,
            lender
    )
select * from final
