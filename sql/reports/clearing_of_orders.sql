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
            channel,
            order_no,
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
    outcomes as (
        select
            gone.break_id,
            lines.outcome,
            lines.entry_id as source_id,
        from gone
        inner join staging.latest_lines as lines
            on gone.channel = lines.channel and gone.order_no = lines.order_no
        where lines.kind = 'debit' and lines.outcome in ('succeeded', 'failed')
        qualify
            row_number() over (
                partition by gone.break_id
                order by lines.happened_at desc, lines.channel_ref desc
            ) = 1
    ),
    orders as (
        select
            entry_id,
            status,
        from staging.latest_orders
    ),
    final as (
        select
            gone.break_id,
            case
                when renamed.subject is not null then 'called_otherwise'
                when gone.category = 'debit_outcome_unknown'
                    and outcomes.break_id is not null
                    then 'outcome_told'
                else 'order_corrected'
            end as cleared_by,
            case
                when renamed.subject is not null then 'now ' || renamed.categories
                when gone.category = 'debit_outcome_unknown'
                    and outcomes.break_id is not null
                    then 'the channel says it ' || outcomes.outcome
                else 'its order, with status ' || orders.status
                    || ', no longer shows it'
            end as cleared_how,
            case
                when gone.category = 'debit_outcome_unknown'
                    then coalesce(outcomes.source_id, gone.entry_id)
                else gone.entry_id
            end as source_id,
            cast(null as varchar) as source_text,
        from gone
        inner join orders on gone.entry_id = orders.entry_id
        left join renamed on gone.subject = renamed.subject
        left join outcomes on gone.break_id = outcomes.break_id
    )
select * from final
