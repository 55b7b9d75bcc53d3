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
            channel,
            opening,
            new,
            cleared,
            closing,
        from reports.roll_forward
    ),
    final as (
        select
            rows_and_money.scope,
            rows_and_money.name,
            rows_and_money.side,
            rows_and_money.measure,
            rows_and_money.read,
            rows_and_money.matched,
            rows_and_money.in_transit,
            rows_and_money.open,
            rows_and_money.excluded,
            rows_and_money.rejected,
            rows_and_money.read
                = rows_and_money.matched
                + rows_and_money.in_transit
                + rows_and_money.open
                + rows_and_money.excluded
                + rows_and_money.rejected
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
        from rows_and_money
        left join roll_forward
            on rows_and_money.scope = 'channel'
            and rows_and_money.measure = 'rows'
            and rows_and_money.name = roll_forward.channel
        order by
            rows_and_money.scope,
            rows_and_money.name,
            rows_and_money.side,
            rows_and_money.measure desc
    )
select * from final
