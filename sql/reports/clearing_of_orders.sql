-- row: one gone break of a debit order, and what became of that order
-- key: break_id
-- kept: no
-- rank: 3
-- family: clearings
with
    gone as (
        select
            break_id,
            category,
            subject,
            entry_id,
        from reports.gone
    ),
    renamed as (
        select
            subject,
            string_agg(category, ', ' order by category) as categories,
        from reports.breaks
        group by subject
    ),
    orders as (
        select
            entry_id,
            status,
        from staging.latest_orders
    ),
    news as (
        select
            gone.break_id,
            news.kind,
            news.word,
            news.source_id,
            case
                when news.kind = 'debit'
                    and news.is_own
                    and news.word in ('succeeded', 'failed')
                    and gone.category in (
                        'debit_outcome_unknown', 'debit_status_conflict'
                    )
                    then 'outcome_told'
                when news.kind = 'refund'
                    and news.is_own
                    and gone.category = 'debit_status_conflict'
                    then 'given_back'
                when news.kind = 'order' and news.is_own then 'order_corrected'
                when news.kind = 'statement' and gone.category = 'funds_were_available'
                    then 'statement_came'
                when news.kind in ('order', 'debit')
                    and gone.category = 'over_bank_limit'
                    then 'no_longer_true'
            end as cleared_by,
            news.stamped_at,
            news.thing,
        from gone
        inner join reports.news as news on gone.break_id = news.break_id
    ),
    decisive as (
        select *
        from news
        where cleared_by is not null
        qualify
            row_number() over (
                partition by break_id
                order by
                    -- what the channel says goes before what the lender says
                    cleared_by = 'outcome_told' desc,
                    cleared_by <> 'no_longer_true' desc,
                    kind = 'order' desc,
                    stamped_at desc,
                    thing desc
            ) = 1
    ),
    judged as (
        select
            gone.break_id,
            case
                when renamed.subject is not null then 'called_otherwise'
                else coalesce(decisive.cleared_by, 'no_longer_true')
            end as cleared_by,
            renamed.categories,
            orders.status,
            decisive.word,
            decisive.source_id,
        from gone
        inner join orders on gone.entry_id = orders.entry_id
        left join renamed on gone.subject = renamed.subject
        left join decisive on gone.break_id = decisive.break_id
    ),
    final as (
        select
            break_id,
            cleared_by,
            case cleared_by
                when 'called_otherwise' then 'now ' || categories
                when 'outcome_told' then 'the channel says it ' || word
                when 'given_back' then 'the channel gave its debit back'
                when 'order_corrected'
                    then 'its order, with status ' || status || ', no longer shows it'
                when 'statement_came'
                    then 'a statement of the borrower says otherwise'
                else 'its facts no longer say so'
            end as cleared_how,
            source_id,
            cast(null as varchar) as source_text,
        from judged
    )
select * from final
