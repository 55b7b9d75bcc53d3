-- row: one gone break that is still true: decided, or an event that was listed its days
-- key: break_id
-- kept: no
-- rank: 1
-- family: clearings
with
    gone as (
        select
            break_id,
            category,
            subject,
        from reports.gone
    ),
    decided as (
        select
            break_id,
            action,
            signed_by,
            second_signed_by,
            reason,
            entry_id,
        from breaks.decided_breaks
    ),
    unlisted as (
        select
            category,
            subject,
        from breaks.break_rows
        where not is_listed
    ),
    final as (
        select
            break_id,
            'decided' as cleared_by,
            replace(action, '_', ' ') || ' signed by '
                || concat_ws(' and ', signed_by, second_signed_by) || ': ' || reason
                as cleared_how,
            entry_id as source_id,
            cast(null as varchar) as source_text,
        from decided
        semi join gone on decided.break_id = gone.break_id
        union all
        select
            gone.break_id,
            'listed_long_enough' as cleared_by,
            'still true, and listed for all of its event days' as cleared_how,
            cast(null as bigint) as source_id,
            cast(null as varchar) as source_text,
        from gone
        semi join unlisted
            on gone.category = unlisted.category and gone.subject = unlisted.subject
    )
select * from final
