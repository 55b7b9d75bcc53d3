-- row: one settlement line whose channel_ref stands on more than one line, with its
--   own key
-- key: entry_id
with
    lines as (
        select
            entry_id,
            channel,
            channel_ref,
            file_id,
            file_rank,
            line,
        from staging.settlement_delivered
    ),
    repeated as (
        select
            channel,
            channel_ref,
        from lines
        group by
            channel,
            channel_ref
        having count(*) > 1
    ),
    final as (
        select
            lines.entry_id,
            lines.file_rank,
            row_number() over (
                partition by lines.file_id, lines.channel, lines.channel_ref
                order by lines.line
            ) as time_in_file,
        from lines
        semi join repeated
            on lines.channel = repeated.channel
            and lines.channel_ref = repeated.channel_ref
    )
select * from final
