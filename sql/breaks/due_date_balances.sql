-- row: one instalment treated as late, and what statements show of its due date
-- key: entry_id
with
    instalments as (
        select
            entry_id,
            amount_due_minor,
        from breaks.treated_as_late
    ),
    entries as (
        select
            entry_id,
            amount_minor,
            balance_minor,
            is_of_the_day,
        from breaks.due_date_entries
    ),
    moments as (
        select
            entry_id,
            -- an entry of the day shows the balance before it as well
            case
                when is_of_the_day
                    then greatest(balance_minor, balance_minor - amount_minor)
                else balance_minor
            end as balance_minor,
        from entries
    ),
    final as (
        select
            instalments.entry_id,
            max(moments.balance_minor) >= instalments.amount_due_minor as shows_funds,
        from instalments
        inner join moments on instalments.entry_id = moments.entry_id
        group by
            instalments.entry_id,
            instalments.amount_due_minor
    )
select * from final
