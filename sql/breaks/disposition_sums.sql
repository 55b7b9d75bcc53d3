-- row: one file part and one side, with the rows and money that ended in each place
-- key: file_id, side
with
    dispositions as (
        select
            side,
            entry_id,
            amount_minor,
            matched,
            in_transit,
            open,
            excluded,
        from breaks.dispositions
    ),
    final as (
        select
            entry_id // 4294967296 as file_id,
            side,
            cast(sum(matched) as bigint) as matched_rows,
            cast(sum(in_transit) as bigint) as in_transit_rows,
            cast(sum(open) as bigint) as open_rows,
            cast(sum(excluded) as bigint) as excluded_rows,
            cast(sum(matched * amount_minor) as bigint) as matched_minor,
            cast(sum(in_transit * amount_minor) as bigint) as in_transit_minor,
            cast(sum(open * amount_minor) as bigint) as open_minor,
            cast(sum(excluded * amount_minor) as bigint) as excluded_minor,
        from dispositions
        group by
            entry_id // 4294967296,
            side
    )
select * from final
