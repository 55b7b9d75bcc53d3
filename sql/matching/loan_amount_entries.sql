-- row: one open entry whose loan and amount also stand on an open entry of the other
--   side
-- key: entry_id
with
    entries as (
        select
            entry_id,
            side,
            entry_ref,
            channel,
            lender,
            loan_id,
            instalment_no,
            amount_minor,
            universal_at,
            window_seconds,
        from matching.left_by_order_no
        where may_meet
    ),
    clusters as (
        select
            lender,
            loan_id,
            amount_minor,
            min(entry_id) as cluster_id,
            count(*) as entry_count,
        from entries
        group by
            lender,
            loan_id,
            amount_minor
        having count(distinct side) = 2
    ),
    final as (
        select
            entries.entry_id,
            entries.side,
            entries.entry_ref,
            entries.channel,
            entries.instalment_no,
            entries.amount_minor,
            entries.universal_at,
            entries.window_seconds,
            clusters.cluster_id,
            clusters.entry_count > 2 as is_tangled,
        from entries
        inner join clusters
            on entries.lender = clusters.lender
            and entries.loan_id = clusters.loan_id
            and entries.amount_minor = clusters.amount_minor
    )
select * from final
