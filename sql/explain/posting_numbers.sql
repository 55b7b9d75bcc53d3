-- row: the asked posting beside its last debit, or the files that may hold one
-- key: entry_id
-- rank: 3
-- family: numbers
with
    subject as (
        select entry_id
        from explain.subject
        where kind = 'posting'
    ),
    postings as (
        select
            entry_id,
            channel,
            order_no,
            loan_id,
            instalment_no,
            amount_minor,
            posted_at,
            value_date,
            has_usable_order,
        from staging.channel_repayments
    ),
    matched as (
        select
            entry_id,
            debit_lender,
            debit_loan_id,
            first_instalment_no,
            last_debit_at,
            posting_due_at,
        from breaks.matched_postings
    ),
    ranges as (
        select
            entry_id,
            min(first_clearing_day) as first_clearing_day,
            max(last_clearing_day) as last_clearing_day,
        from breaks.posting_channels
        group by entry_id
    ),
    reversed_orders as (
        select
            channel,
            order_no,
            refunded_at,
            reversal_due_at,
        from breaks.reversed_orders
    ),
    offsets as (
        select
            local_from,
            local_until,
            local_ahead,
        from reference.clock_offsets
    ),
    final as (
        select
            postings.entry_id,
            postings.amount_minor,
            postings.loan_id,
            matched.debit_lender as lender_of_the_debit,
            matched.debit_loan_id as loan_id_of_the_debit,
            postings.instalment_no,
            matched.first_instalment_no as instalment_no_of_the_debit,
            matched.last_debit_at,
            matched.posting_due_at,
            postings.posted_at,
            date_diff(
                'second',
                matched.last_debit_at - at_debit.local_ahead,
                postings.posted_at - at_posting.local_ahead
            ) as posted_after_seconds,
            date_diff(
                'second',
                matched.last_debit_at - at_debit.local_ahead,
                matched.posting_due_at - at_deadline.local_ahead
            ) as posting_window_seconds,
            postings.value_date,
            postings.value_date - cast(matched.last_debit_at as date)
                as value_date_after_the_debit_days,
            postings.has_usable_order as is_order_no_known,
            ranges.first_clearing_day as first_file_that_may_hold_the_debit,
            ranges.last_clearing_day as last_file_that_may_hold_the_debit,
            reversed_orders.refunded_at as debit_given_back_at,
            reversed_orders.reversal_due_at,
        from postings
        semi join subject on postings.entry_id = subject.entry_id
        left join matched on postings.entry_id = matched.entry_id
        left join offsets as at_debit
            on at_debit.local_from <= matched.last_debit_at
            and matched.last_debit_at < at_debit.local_until
        left join offsets as at_posting
            on at_posting.local_from <= postings.posted_at
            and postings.posted_at < at_posting.local_until
        left join offsets as at_deadline
            on at_deadline.local_from <= matched.posting_due_at
            and matched.posting_due_at < at_deadline.local_until
        left join ranges on postings.entry_id = ranges.entry_id
        left join reversed_orders
            on postings.channel = reversed_orders.channel
            and postings.order_no = reversed_orders.order_no
    )
select * from final
