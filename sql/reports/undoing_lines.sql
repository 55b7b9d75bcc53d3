-- row: one gone break of a debit or posting and the last line that undid the entry
-- key: break_id
-- kept: no
with
    gone as (
        select
            break_id,
            kind,
            lender,
            channel,
            order_no,
            channel_ref,
            posting_id,
        from reports.gone
    ),
    refunds as (
        select
            channel,
            channel_ref,
            order_no,
            debit_ref,
            happened_at,
            entry_id,
        from staging.refunds
    ),
    reversals as (
        select
            lender,
            posting_id,
            reverses,
            posted_at,
            entry_id,
        from staging.postings
        where kind = 'reversal'
    ),
    lines as (
        select
            gone.break_id,
            refunds.entry_id as source_id,
            refunds.happened_at as stamped_at,
            refunds.channel_ref as line_ref,
        from gone
        inner join refunds
            on gone.channel = refunds.channel
            and (
                gone.channel_ref = refunds.debit_ref
                or (refunds.debit_ref is null and gone.order_no = refunds.order_no)
            )
        where gone.kind = 'debit'
        union all
        select
            gone.break_id,
            reversals.entry_id as source_id,
            reversals.posted_at as stamped_at,
            reversals.posting_id as line_ref,
        from gone
        inner join reversals
            on gone.lender = reversals.lender and gone.posting_id = reversals.reverses
        where gone.kind = 'posting'
    ),
    final as (
        select
            break_id,
            source_id,
        from lines
        qualify
            row_number() over (
                partition by break_id
                order by stamped_at desc, line_ref desc
            ) = 1
    )
select * from final
