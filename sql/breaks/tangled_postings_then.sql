-- row: one posting with more than one way to be paired by loan and amount, and days on
--   end on which it had, before those that last
-- key: id
with
    ways as (
        select
            posting_id,
            lender,
            loan_id,
            amount_minor,
            from_day,
        from breaks.fitting_days
        where is_tangled and not is_today
        group by
            posting_id,
            lender,
            loan_id,
            amount_minor,
            from_day
    ),
    postings as (
        select
            entry_id,
            posting_id,
            channel,
            instalment_no,
            posted_at,
        from breaks.unnumbered_postings
    ),
    widest as (
        select
            lender,
            posting_window,
        from staging.widest_windows
    ),
    final as (
        select
            row_number() over (order by ways.posting_id, ways.from_day) as id,
            postings.entry_id,
            ways.from_day,
            postings.posting_id as key,
            concat_ws(' ', ways.from_day, ways.lender, ways.loan_id) as cluster,
            postings.channel,
            postings.posted_at as at,
            postings.instalment_no,
            ways.amount_minor,
            case
                when postings.channel is null
                    then date_diff(
                        'second',
                        postings.posted_at,
                        postings.posted_at + widest.posting_window
                    )
            end as window_seconds,
        from ways
        inner join postings on ways.posting_id = postings.entry_id
        inner join widest on ways.lender = widest.lender
    )
select * from final
