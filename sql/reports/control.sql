-- row: one measure of the proof, rows or money; sorted by scope, name, side and measure
-- key: scope, name, side, measure
with
    rows_and_money as (
        select
            scope,
            name,
            side,
            'rows' as measure,
            read_rows + rejected_rows as read,
            matched_rows as matched,
            in_transit_rows as in_transit,
            open_rows as open,
            excluded_rows as excluded,
            rejected_rows as rejected,
        from breaks.control_rows
        union all
        -- the money of a line that could not be read is not known
        select
            scope,
            name,
            side,
            'amount' as measure,
            read_minor as read,
            matched_minor as matched,
            in_transit_minor as in_transit,
            open_minor as open,
            excluded_minor as excluded,
            0 as rejected,
        from breaks.control_rows
    ),
    roll_forward as (
        select
            case when channel <> '' then 'channel' else 'lender' end as scope,
            case when channel <> '' then channel else lender end as name,
            case when channel <> '' then 'debit' else 'posting' end as side,
            'rows' as measure,
            opening,
            new,
            cleared,
            closing,
        from reports.roll_forward
    ),
    -- breaks of a channel or lender that sent no file have no proof beside them
    without_files as (
        select
            roll_forward.scope,
            roll_forward.name,
            roll_forward.side,
        from roll_forward
        anti join rows_and_money
            on roll_forward.scope = rows_and_money.scope
            and roll_forward.name = rows_and_money.name
    ),
    measures as (
        select * from (values ('rows'), ('amount')) as measures (measure)
    ),
    together as (
        select
            scope,
            name,
            side,
            measure,
            read,
            matched,
            in_transit,
            open,
            excluded,
            rejected,
        from rows_and_money
        union all
        select
            without_files.scope,
            without_files.name,
            without_files.side,
            measures.measure,
            0 as read,
            0 as matched,
            0 as in_transit,
            0 as open,
            0 as excluded,
            0 as rejected,
        from without_files
        cross join measures
    ),
    final as (
        select
            together.scope,
            together.name,
            together.side,
            together.measure,
            together.read,
            together.matched,
            together.in_transit,
            together.open,
            together.excluded,
            together.rejected,
            together.read
                = together.matched
                + together.in_transit
                + together.open
                + together.excluded
                + together.rejected
                and coalesce(
                    roll_forward.opening + roll_forward.new - roll_forward.cleared
                    = roll_forward.closing,
                    true
                )
                as ties,
            roll_forward.opening,
            roll_forward.new,
            roll_forward.cleared,
            roll_forward.closing,
        from together
        left join roll_forward
            on together.scope = roll_forward.scope
            and together.name = roll_forward.name
            and together.measure = roll_forward.measure
        order by
            together.scope,
            together.name,
            together.side,
            together.measure desc
    )
select * from final
