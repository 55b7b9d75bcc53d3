-- row: one file part with money of a feed in it: the sum of its amounts, whatever their
--   sign, beside that of the feed
-- key: file_id, relation
-- Sums of more digits than reports have room for are a slip; no figure would hold them.
with
    files as (
        select
            file_id,
            path,
        from staging.files
    ),
    -- what was delivered again counts once, but each day's lines count as delivered
    sums as (
        select
            file_id,
            'settlement' as relation,
            sum(amount_minor + abs(coalesce(fee_minor, 0))) as total_minor,
        from landing.settlement
        group by file_id
        union all
        select
            file_id,
            'settlement_totals' as relation,
            sum(
                abs(coalesce(debit_amount_minor, 0))
                + abs(coalesce(refund_amount_minor, 0))
                + abs(coalesce(fee_amount_minor, 0))
                + abs(coalesce(net_amount_minor, 0))
            ) as total_minor,
        from landing.settlement_totals
        group by file_id
        union all
        select
            entry_id // 4294967296 as file_id,
            'postings' as relation,
            sum(amount_minor) as total_minor,
        from staging.latest_postings
        group by file_id
        union all
        select
            entry_id // 4294967296 as file_id,
            'debit_orders' as relation,
            sum(amount_minor) as total_minor,
        from staging.latest_orders
        group by file_id
        union all
        select
            entry_id // 4294967296 as file_id,
            'instalments' as relation,
            sum(principal_due_minor + interest_due_minor) as total_minor,
        from staging.instalments
        group by file_id
        union all
        select
            entry_id // 4294967296 as file_id,
            'charges' as relation,
            sum(amount_minor) as total_minor,
        from staging.charges
        group by file_id
        union all
        select
            entry_id // 4294967296 as file_id,
            'bank_receipts' as relation,
            sum(abs(amount_minor)) as total_minor,
        from staging.receipts
        group by file_id
    ),
    final as (
        select
            files.file_id,
            sums.relation,
            files.path,
            sums.total_minor,
            sum(sums.total_minor) over (partition by sums.relation) as feed_minor,
        from files
        inner join sums on files.file_id = sums.file_id
    )
select * from final
