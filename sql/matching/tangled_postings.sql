-- row: one open posting with more than one way to be paired by loan and amount
-- key: id
with
    entries as (
        select
            entry_id,
            side,
            entry_ref,
            cluster_id,
            channel,
            universal_at,
            instalment_no,
            amount_minor,
            window_seconds,
        from matching.loan_amount_entries
        where is_tangled
    ),
    final as (
        select
            entry_id as id,
            entry_ref as key,
            cast(cluster_id as varchar) as cluster,
            channel,
            universal_at as at,
            instalment_no,
            amount_minor,
            window_seconds,
        from entries
        where side = 'posting'
    )
select * from final
