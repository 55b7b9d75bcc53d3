-- row: one category of break and what it means, in the order of the contract
-- key: category
with
    catalogue as (
        select
            category,
            category_zh,
            family,
            rank,
            severity,
            means,
            remedy,
        from breaks.catalogue
    ),
    final as (
        select
            category,
            category_zh,
            family,
            rank,
            severity,
            means,
            remedy,
        from catalogue
        order by rank
    )
select * from final
