-- row: one debit with more than one way to be paired by loan and amount, and days on
--   end on which it had, before those that last
-- key: id
with
    ways as (
        select
            debit_id,
            lender,
            loan_id,
            amount_minor,
            from_day,
        from breaks.fitting_days
        where is_tangled and not is_today
        group by
            debit_id,
            lender,
            loan_id,
            amount_minor,
            from_day
    ),
    debits as (
        select
            entry_id,
            channel,
            channel_ref,
            instalment_no,
            happened_at,
            posting_window,
        from staging.debits
    ),
    final as (
        select
            row_number() over (order by ways.debit_id, ways.from_day) as id,
            debits.entry_id,
            ways.from_day,
            debits.channel_ref || ' ' || debits.channel as key,
            concat_ws(' ', ways.from_day, ways.lender, ways.loan_id) as cluster,
            debits.channel,
            debits.happened_at as at,
            debits.instalment_no,
            ways.amount_minor,
            date_diff(
                'second',
                debits.happened_at,
                debits.happened_at + debits.posting_window
            ) as window_seconds,
        from ways
        inner join debits on ways.debit_id = debits.entry_id
    )
select * from final
