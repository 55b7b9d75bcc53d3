-- row: one debit or posting that found no other side under its order_no
-- key: entry_id
-- Later passes ask how long after the debit a posting was booked, so they are given
-- instants on the universal clock, which is never put forward or back.
with
    debits as (
        select
            entry_id,
            channel,
            channel_ref,
            lender,
            loan_id,
            instalment_no,
            card_no,
            order_card_no,
            net_minor,
            happened_at,
            posting_window,
        from staging.debits
        where net_minor > 0
    ),
    postings as (
        select
            entry_id,
            lender,
            posting_id,
            loan_id,
            instalment_no,
            channel,
            has_usable_order,
            amount_minor,
            posted_at,
        from staging.channel_repayments
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
    grouped as (
        select entry_id
        from matching.by_order_no
    ),
    final as (
        select
            debits.entry_id,
            'debit' as side,
            debits.channel_ref as entry_ref,
            debits.channel,
            debits.lender,
            debits.loan_id,
            debits.instalment_no,
            -- a debit without a known order has no loan that a posting could share
            debits.loan_id is not null as may_meet,
            debits.card_no,
            debits.order_card_no,
            debits.net_minor as amount_minor,
            debits.happened_at - offsets.local_ahead as universal_at,
            date_diff(
                'second',
                debits.happened_at,
                debits.happened_at + debits.posting_window
            ) as window_seconds,
        from debits
        inner join offsets
            on offsets.local_from <= debits.happened_at
            and debits.happened_at < offsets.local_until
        anti join grouped on debits.entry_id = grouped.entry_id
        union all
        select
            postings.entry_id,
            'posting' as side,
            postings.posting_id as entry_ref,
            postings.channel,
            postings.lender,
            postings.loan_id,
            postings.instalment_no,
            not postings.has_usable_order as may_meet,
            null as card_no,
            null as order_card_no,
            postings.amount_minor,
            postings.posted_at - offsets.local_ahead as universal_at,
            case
                when postings.channel is null
                    then date_diff(
                        'second',
                        postings.posted_at,
                        postings.posted_at + widest.posting_window
                    )
            end as window_seconds,
        from postings
        inner join offsets
            on offsets.local_from <= postings.posted_at
            and postings.posted_at < offsets.local_until
        left join widest on postings.lender = widest.lender
        anti join grouped on postings.entry_id = grouped.entry_id
    )
select * from final
