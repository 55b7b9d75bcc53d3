-- row: one file part, with the rows and money that it brought to its side
-- key: file_id
with
    lines as (
        select
            entry_id // 4294967296 as file_id,
            amount_minor,
        from staging.latest_lines
    ),
    postings as (
        select
            entry_id // 4294967296 as file_id,
            amount_minor,
        from staging.latest_postings
    ),
    final as (
        select
            file_id,
            count(*) as read_rows,
            cast(sum(amount_minor) as bigint) as read_minor,
        from lines
        group by file_id
        union all
        select
            file_id,
            count(*) as read_rows,
            cast(sum(amount_minor) as bigint) as read_minor,
        from postings
        group by file_id
    )
select * from final
