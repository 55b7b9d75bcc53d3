-- row: one instalment in doubt that is covered, and the first day on which it was
-- key: instalment_entry
with
    instalments as (
        select
            entry_id,
            due_date,
            amount_due_minor,
        from breaks.due_instalments
    ),
    money as (
        select
            instalment_entry,
            amount_minor,
            counts_on,
        from breaks.covering_money
    ),
    running as (
        select
            instalments.entry_id,
            instalments.amount_due_minor,
            money.counts_on,
            sum(money.amount_minor) over (
                partition by instalments.entry_id
                order by money.counts_on
            ) as so_far_minor,
        from instalments
        inner join money on instalments.entry_id = money.instalment_entry
    ),
    final as (
        select
            entry_id as instalment_entry,
            min(counts_on) as covered_on,
        from running
        where so_far_minor >= amount_due_minor and amount_due_minor > 0
        group by entry_id
        union all
        -- nothing due is covered from the start
        select
            entry_id as instalment_entry,
            due_date as covered_on,
        from instalments
        where amount_due_minor <= 0
    )
select * from final
