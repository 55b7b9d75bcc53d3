-- row: one debit of an instalment that earlier debits already paid in full, once it is
--   judged
-- key: entry_id
-- rank: 3
-- family: open_entries
-- subject: entry
-- zh: 重复扣款
-- severity: high
-- means: The borrower paid this instalment before; the money was taken once too often.
-- remedy: Refund the debit to the borrower's card.
with
    debits as (
        select
            entry_id,
            net_minor,
            repeats_order_no,
            due_on,
            known_on,
        from breaks.surplus_debits
    ),
    group_days as (
        select
            group_id,
            judged_since,
        from breaks.group_days
    ),
    stretches as (
        select
            group_id,
            from_day,
            until_day,
            differs,
            waited_until,
        from breaks.group_stretches
    ),
    grouped as (
        select
            debits.entry_id,
            debits.due_on,
            entries.group_id,
        from debits
        inner join matching.entries as entries on debits.entry_id = entries.entry_id
    ),
    matched as (
        select
            grouped.entry_id,
            grouped.group_id,
            coalesce(
                -- the last time within its window that one side had nothing
                max(coalesce(stretches.until_day, grouped.due_on)) filter (
                    stretches.differs is null
                    and stretches.from_day < grouped.due_on
                ),
                min(stretches.from_day)
            ) as matched_on,
            max(stretches.waited_until) as waited_until,
            any_value(grouped.due_on) as due_on,
        from grouped
        left join stretches on grouped.group_id = stretches.group_id
        group by
            grouped.entry_id,
            grouped.group_id
    ),
    -- it was in transit until it was booked, but no longer than its window
    judged as (
        select
            entry_id,
            true_since as judged_since,
        from breaks.unmatched_debits
        union all
        select
            matched.entry_id,
            greatest(
                least(
                    matched.due_on,
                    coalesce(matched.matched_on, group_days.judged_since)
                ),
                matched.waited_until
            ) as judged_since,
        from matched
        inner join group_days on matched.group_id = group_days.group_id
    ),
    parted as (
        select
            entry_id,
            paired_on,
            parted_on,
        from breaks.parted_pairs
    ),
    -- the last time that earlier debits came to pay for all that was owed
    enough as (
        select
            entry_id,
            max(known_on) as covered_on,
        from breaks.paid_earlier
        where not was_enough
        group by entry_id
    ),
    final as (
        select
            debits.entry_id,
            case
                when debits.repeats_order_no then 'same_order_no'
                else 'other_order_no'
            end as cause,
            debits.net_minor as refund_minor,
            greatest(
                debits.known_on,
                enough.covered_on,
                least(
                    judged.judged_since,
                    case
                        when parted.parted_on >= judged.judged_since
                            then parted.paired_on
                    end
                )
            ) as true_since,
        from debits
        inner join judged on debits.entry_id = judged.entry_id
        left join parted on debits.entry_id = parted.entry_id
        left join enough on debits.entry_id = enough.entry_id
    )
select * from final
