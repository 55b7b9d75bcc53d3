-- row: one file part and one side, with the rows and money that it brought
-- key: file_id, side
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
            'debit' as side,
            count(*) as read_rows,
            cast(sum(amount_minor) as bigint) as read_minor,
        from lines
        group by file_id
        union all
        select
            file_id,
            'posting' as side,
            count(*) as read_rows,
            cast(sum(amount_minor) as bigint) as read_minor,
        from postings
        group by file_id
    )
select * from final
