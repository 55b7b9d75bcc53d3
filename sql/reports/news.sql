-- row: one line that the stored day before did not know, on what a gone break concerns
-- key: break_id, source_id
-- A line tells something new when its thing had no line yet, or one saying otherwise.
with
    business_day as (
        select
            business_date,
            as_of,
        from reference.business_day
    ),
    files as (
        select
            file_id,
            file_rank,
            business_date,
        from staging.files
    ),
    fresh_files as (
        select file_id
        from reports.fresh_files
    ),
    lines as (
        select
            break_id,
            kind,
            word,
            thing,
            is_own,
            stamped_at,
            said,
            source_id,
        from reports.gone_lines
    ),
    known as (
        select
            lines.*,
            files.file_rank,
            -- what is stamped today nobody could know yesterday, whoever sent it early
            fresh_files.file_id is not null
                or coalesce(
                    cast(lines.stamped_at as date) = business_day.business_date, false
                )
                as is_fresh,
            case
                when lines.kind = 'status' then cast(lines.stamped_at as date)
                else files.business_date
            end as told_on,
        from lines
        inner join files on lines.source_id // 4294967296 = files.file_id
        left join fresh_files on files.file_id = fresh_files.file_id
        cross join business_day
        where coalesce(lines.stamped_at < business_day.as_of, true)
    ),
    before as (
        select
            break_id,
            kind,
            thing,
            said,
        from known
        where not is_fresh
        qualify
            row_number() over (
                partition by break_id, kind, thing
                order by told_on desc, file_rank desc, source_id desc
            ) = 1
    ),
    last_word as (
        select *
        from known
        qualify
            row_number() over (
                partition by break_id, kind, thing
                order by told_on desc, file_rank desc, source_id desc
            ) = 1
    ),
    final as (
        select
            last_word.break_id,
            last_word.kind,
            last_word.word,
            last_word.thing,
            last_word.is_own,
            last_word.stamped_at,
            last_word.source_id,
        from last_word
        left join before
            on last_word.break_id = before.break_id
            and last_word.kind = before.kind
            and last_word.thing = before.thing
        -- what is not fresh stands among what was said before
        where last_word.said is distinct from before.said
    )
select * from final
