-- row: one debit or channel repayment in one shape, with the pass that took it in
-- key: entry_id
with
    debits as (
        select
            entry_id,
            'debit' as side,
            channel,
            lender,
            loan_id,
            order_no,
            card_no,
            order_card_no,
            net_minor as amount_minor,
            happened_at,
            date_diff('second', happened_at, happened_at + posting_window)
                as window_seconds,
            loan_id is not null as may_meet,
        from staging.debits
        where net_minor > 0
    ),
    widest as (
        select
            lender,
            posting_window,
        from staging.widest_windows
    ),
    postings as (
        select
            postings.entry_id,
            'posting' as side,
            postings.channel,
            postings.lender,
            postings.loan_id,
            postings.order_no,
            postings.amount_minor,
            postings.posted_at as happened_at,
            -- a posting whose channel nobody knows has a window of its own
            case
                when postings.channel is null
                    then date_diff(
                        'second',
                        postings.posted_at,
                        postings.posted_at + widest.posting_window
                    )
            end as window_seconds,
            not postings.has_usable_order as may_meet,
        from staging.channel_repayments as postings
        left join widest on postings.lender = widest.lender
    ),
    together as (
        select * from debits
        union all by name
        select * from postings
    ),
    offsets as (
        select
            local_from,
            local_until,
            local_ahead,
        from reference.clock_offsets
    ),
    passes as (
        select
            entry_id,
            rank,
            member,
        from matching.passes
    ),
    final as (
        select
            together.entry_id,
            together.side,
            together.channel,
            together.lender,
            together.loan_id,
            together.order_no,
            together.card_no,
            together.order_card_no,
            together.amount_minor,
            together.happened_at - offsets.local_ahead as universal_at,
            together.window_seconds,
            together.may_meet,
            coalesce(passes.rank, 99) as taken_by_rank,
            passes.member as taken_by,
        from together
        inner join offsets
            on offsets.local_from <= together.happened_at
            and together.happened_at < offsets.local_until
        left join passes on together.entry_id = passes.entry_id
    )
select * from final
