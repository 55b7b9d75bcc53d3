-- row: one debit and one posting of a loan on which either is open, was paired wrongly
--   or was taken once too often, which fitted each other by loan and amount, and the
--   days on which they did
-- key: debit_id, posting_id, from_day
-- kept: no
-- Of loans with at most a hundred debits: what more of them could have been to each
-- other is not asked.
with
    business_day as (
        select late_match_days
        from reference.business_day
    ),
    asked as (
        select entry_id, lender, loan_id
        from breaks.unmatched_debits
        where state = 'open'
        union all
        select entry_id, lender, loan_id
        from breaks.unmatched_postings
        where state = 'open' and not has_usable_order
        union all
        select entry_id, lender, loan_id
        from breaks.wrong_pairs
        union all
        select entry_id, lender, loan_id
        from breaks.surplus_debits
    ),
    widest as (
        select
            lender,
            posting_window,
        from staging.widest_windows
    ),
    offsets as (
        select
            local_from,
            local_until,
            local_ahead,
        from reference.clock_offsets
    ),
    debits as (
        select
            debits.entry_id,
            debits.channel,
            debits.order_no,
            debits.lender,
            debits.loan_id,
            debits.happened_at - offsets.local_ahead as universal_at,
            debits.posting_window,
            -- of a posting whose channel nobody knows
            widest.posting_window as widest_window,
            to_days(business_day.late_match_days) as late_window,
        from staging.debits as debits
        cross join business_day
        inner join widest on debits.lender = widest.lender
        inner join offsets
            on offsets.local_from <= debits.happened_at
            and debits.happened_at < offsets.local_until
        semi join asked
            on debits.lender = asked.lender and debits.loan_id = asked.loan_id
        qualify count(*) over (partition by debits.lender, debits.loan_id) <= 100
    ),
    drawn as (
        select
            entry_id,
            net_minor,
            from_day,
            until_day,
        from breaks.net_history
    ),
    numbered as (
        select
            debits.entry_id,
            min(cast(postings.posted_at as date)) as from_day,
        from debits
        inner join staging.channel_repayments as postings
            on debits.channel = postings.channel
            and debits.order_no = postings.order_no
        group by debits.entry_id
    ),
    booked as (
        select
            postings.entry_id,
            postings.channel,
            postings.lender,
            postings.loan_id,
            postings.amount_minor,
            postings.posted_at,
            postings.posted_at - offsets.local_ahead as universal_at,
            postings.undone_on as until_day,
        from breaks.unnumbered_postings as postings
        inner join offsets
            on offsets.local_from <= postings.posted_at
            and postings.posted_at < offsets.local_until
    ),
    met as (
        select
            debits.entry_id as debit_id,
            booked.entry_id as posting_id,
            booked.lender,
            booked.loan_id,
            booked.amount_minor,
            booked.universal_at > debits.universal_at + case
                when booked.channel is null then debits.widest_window
                else debits.posting_window
            end as is_late,
            greatest(drawn.from_day, cast(booked.posted_at as date)) as from_day,
            least(
                coalesce(drawn.until_day, date '9999-12-31'),
                coalesce(booked.until_day, date '9999-12-31'),
                coalesce(numbered.from_day, date '9999-12-31')
            ) as until_day,
        from debits
        inner join drawn on debits.entry_id = drawn.entry_id
        inner join booked
            on debits.lender = booked.lender
            and debits.loan_id = booked.loan_id
            and drawn.net_minor = booked.amount_minor
            and debits.channel = coalesce(booked.channel, debits.channel)
            and debits.universal_at <= booked.universal_at + case
                when booked.channel is null then debits.widest_window
                else debits.posting_window
            end
            and booked.universal_at
            <= debits.universal_at + greatest(debits.posting_window, debits.late_window)
        left join numbered on debits.entry_id = numbered.entry_id
    ),
    final as (
        select *
        from met
        where from_day < until_day
    )
select * from final
