-- row: one instalment treated as late or charged wrongly, and days on end on which
--   nothing of it changed
-- key: entry_id, from_day
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    instalments as (
        select
            entry_id,
            last_day_in_time,
            amount_due_minor,
        from breaks.questioned_instalments
    ),
    money as (
        select
            instalment_entry,
            signed_minor,
            counts_on,
            known_on,
        from breaks.money_history
    ),
    charges as (
        select
            entry_id,
            amount_minor,
            charged_on,
        from breaks.charge_history
    ),
    reasons as materialized (
        select
            instalment_entry,
            from_day,
            until_day,
            is_while_unpaid,
        from breaks.reason_spans
    ),
    postings as (
        select
            instalment_entry,
            signed_minor,
            known_on,
        from breaks.posting_history
    ),
    facts as (
        select entry_id, last_day_in_time + 1 as day from instalments
        union
        select instalment_entry as entry_id, known_on as day from money
        union
        select instalment_entry as entry_id, known_on as day from postings
        union
        select entry_id, charged_on as day from charges
        union
        select
            instalment_entry as entry_id,
            unnest([from_day, until_day]) as day,
        from reasons
    ),
    days as (
        select
            instalments.entry_id,
            instalments.amount_due_minor,
            instalments.last_day_in_time,
            facts.day,
            lead(facts.day) over (partition by facts.entry_id order by facts.day)
                as next_day,
        from instalments
        inner join facts on instalments.entry_id = facts.entry_id
        inner join business_day on facts.day <= business_day.business_date
    ),
    counted as (
        select
            days.entry_id,
            days.day,
            days.amount_due_minor,
            money.counts_on,
            sum(money.signed_minor) over (
                partition by days.entry_id, days.day
                order by money.counts_on
            ) as so_far_minor,
        from days
        inner join money
            on days.entry_id = money.instalment_entry and money.known_on <= days.day
    ),
    covered as (
        select
            entry_id,
            day,
            min(counts_on) as covered_on,
        from counted
        where so_far_minor >= amount_due_minor
        group by
            entry_id,
            day
    ),
    paid as (
        select
            days.entry_id,
            days.day,
        from days
        inner join postings
            on days.entry_id = postings.instalment_entry
            and postings.known_on <= days.day
        group by
            days.entry_id,
            days.day
        having sum(postings.signed_minor) >= any_value(days.amount_due_minor)
    ),
    charged as (
        select
            days.entry_id,
            days.day,
            cast(sum(charges.amount_minor) as bigint) as charged_minor,
        from days
        inner join charges
            on days.entry_id = charges.entry_id and charges.charged_on <= days.day
        group by
            days.entry_id,
            days.day
    ),
    explained as (
        select
            days.entry_id,
            days.day,
        from days
        inner join reasons
            on days.entry_id = reasons.instalment_entry
            and reasons.from_day <= days.day
            and days.day < coalesce(reasons.until_day, days.day + 1)
        left join paid on days.entry_id = paid.entry_id and days.day = paid.day
        where not (reasons.is_while_unpaid and paid.entry_id is not null)
        group by
            days.entry_id,
            days.day
    ),
    final as (
        select
            days.entry_id,
            days.day as from_day,
            days.next_day as until_day,
            days.day > days.last_day_in_time as is_over,
            covered.covered_on,
            coalesce(covered.covered_on <= days.last_day_in_time, false) as is_in_time,
            explained.entry_id is not null as is_explained,
            coalesce(charged.charged_minor, 0) as charged_minor,
        from days
        left join covered
            on days.entry_id = covered.entry_id and days.day = covered.day
        left join explained
            on days.entry_id = explained.entry_id and days.day = explained.day
        left join charged
            on days.entry_id = charged.entry_id and days.day = charged.day
    )
select * from final
