-- row: one open debit that may be a whole or a piece of a split
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
        from matching.split_entries
    ),
    final as (
        select
            entry_id as id,
            entry_ref || ' ' || channel as key,
            cast(cluster_id as varchar) as cluster,
            channel,
            universal_at as at,
            instalment_no,
            amount_minor,
            window_seconds,
        from entries
        where side = 'debit'
    )
select * from final
