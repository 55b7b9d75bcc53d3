-- row: the first debit of a group whose sums differ and no duplicate says why
-- key: entry_id
-- rank: 11
-- family: matched_but_wrong
-- subject: entry
-- zh: 金额不符
-- severity: high
-- means: What was booked is not what was taken.
-- remedy: Correct the posted amount to the amount taken.
with
    groups as (
        select
            groups.group_id,
            groups.debit_minor,
            groups.posting_minor,
            groups.difference_minor,
            order_groups.amount_tolerance_minor,
        from matching.groups as groups
        inner join matching.order_groups as order_groups
            on groups.group_id = order_groups.group_id
        where groups.differs and not groups.is_in_transit
    ),
    last_debits as (
        select
            group_id,
            duplicate_minor,
        from breaks.last_debits
    ),
    duplicate_postings as (
        select
            postings.group_id,
            sum(postings.amount_minor) as duplicate_minor,
        from breaks.duplicate_posting as duplicates
        inner join breaks.matched_postings as postings
            on duplicates.entry_id = postings.entry_id
        group by postings.group_id
    ),
    stretches as (
        select
            group_id,
            -- after the last days on which its sums agreed or were waited for, or
            -- duplicates said why not
            coalesce(
                max(
                    case
                        when differs and not duplicates_say_why then waited_until
                        else coalesce(until_day, waited_until)
                    end
                ),
                min(from_day)
            ) as true_since,
        from breaks.group_stretches
        group by group_id
    ),
    unexplained as (
        select
            groups.group_id,
            groups.debit_minor,
            groups.posting_minor,
            groups.difference_minor,
            stretches.true_since,
        from groups
        inner join stretches on groups.group_id = stretches.group_id
        left join last_debits on groups.group_id = last_debits.group_id
        left join duplicate_postings on groups.group_id = duplicate_postings.group_id
        where
            -- neither kind of duplicate says why by itself, nor both together
            least(
                abs(groups.difference_minor + last_debits.duplicate_minor),
                abs(groups.difference_minor - duplicate_postings.duplicate_minor),
                abs(
                    groups.difference_minor
                    + coalesce(last_debits.duplicate_minor, 0)
                    - coalesce(duplicate_postings.duplicate_minor, 0)
                )
            ) > groups.amount_tolerance_minor
    ),
    members as (
        select
            entries.group_id,
            debits.entry_id,
            debits.channel_ref,
            debits.happened_at,
            debits.known_on,
        from matching.entries as entries
        inner join staging.debits as debits on entries.entry_id = debits.entry_id
    ),
    final as (
        select
            members.entry_id,
            case
                when unexplained.difference_minor > 0 then 'booked_more_than_taken'
                else 'booked_less_than_taken'
            end as cause,
            unexplained.posting_minor as ledger_amount_minor,
            unexplained.debit_minor as channel_amount_minor,
            -- until then it was said of another debit
            greatest(unexplained.true_since, members.known_on) as true_since,
        from unexplained
        inner join members on unexplained.group_id = members.group_id
        qualify
            row_number() over (
                partition by unexplained.group_id
                order by members.happened_at, members.channel_ref
            ) = 1
    )
select * from final
