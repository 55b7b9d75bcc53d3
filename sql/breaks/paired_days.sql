-- row: one debit and one posting that later passes pair or had paired by loan and
--   amount, and the days on which that pair was made and came apart
-- key: debit_id, posting_id, from_day
-- Without an end the pair stands.
with
    pairs as (
        select
            debit_id,
            posting_id,
            from_day,
            until_day,
        from breaks.pairs_then
    ),
    begun as (
        select
            *,
            lag(until_day) over (
                partition by
                    debit_id,
                    posting_id
                order by from_day
            ) is distinct from from_day as begins,
        from pairs
    ),
    numbered as (
        select
            *,
            count(*) filter (begins) over (
                partition by
                    debit_id,
                    posting_id
                order by from_day
            ) as span_no,
        from begun
    ),
    final as (
        select
            debit_id,
            posting_id,
            min(from_day) as from_day,
            nullif(max(until_day), date '9999-12-31') as until_day,
        from numbered
        group by
            debit_id,
            posting_id,
            span_no
    )
select * from final
