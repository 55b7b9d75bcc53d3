-- row: what was agreed with one channel for one span of days
-- key: channel, valid_from
with
    channels as (
        select
            channel,
            valid_from,
            valid_to,
            cut_off,
            posting_window_hours,
            settlement_lag_days,
            file_lag_days,
            amount_tolerance_minor,
            fee_rate,
            fee_minimum_minor,
            fee_maximum_minor,
        from reference.channels
    ),
    final as (
        select
            channel,
            coalesce(valid_from, date '0001-01-01') as valid_from,
            coalesce(valid_to, date '9999-12-31') as valid_to,
            -- added to an instant, this makes its calendar day the clearing day
            to_minutes(
                1440
                - 60 * cast(substr(cut_off, 1, 2) as integer)
                - cast(substr(cut_off, 4, 2) as integer)
            ) as clearing_shift,
            to_hours(posting_window_hours) as posting_window,
            cast(settlement_lag_days as integer) as settlement_lag_days,
            cast(file_lag_days as integer) as file_lag_days,
            amount_tolerance_minor,
            fee_rate,
            fee_minimum_minor,
            fee_maximum_minor,
        from channels
    )
select * from final
