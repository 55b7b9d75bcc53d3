-- row: one debit, open or of a group whose sums differ or that was posted late, that
--   earlier debits had made a duplicate, and the day on which they no longer paid for
--   all that was owed
-- key: entry_id
-- An earlier debit was given back, or a charge was added.
with
    groups as (
        select group_id
        from matching.order_groups
        where differs
        union
        select group_id
        from breaks.matched_postings
        where posted_at > posting_due_at or value_date > cast(last_debit_at as date)
    ),
    matched as (
        select passes.entry_id
        from matching.passes as passes
        semi join groups on passes.group_id = groups.group_id
        where passes.is_debit and coalesce(passes.verdict, 'matched') = 'matched'
    ),
    asked as (
        select entry_id from breaks.unmatched_debits
        union
        select entry_id from matched
    ),
    asked_debits as (
        select
            debits.entry_id,
            debits.instalment_entry,
            debits.channel,
            debits.channel_ref,
            debits.happened_at,
        from staging.debits as debits
        semi join asked on debits.entry_id = asked.entry_id
    ),
    earlier as (
        select
            asked_debits.entry_id,
            debits.entry_id as earlier_id,
            debits.amount_minor,
            debits.known_on,
        from asked_debits
        inner join staging.debits as debits
            on asked_debits.instalment_entry = debits.instalment_entry
            and (debits.happened_at, debits.channel_ref, debits.channel)
            < (asked_debits.happened_at, asked_debits.channel_ref, asked_debits.channel)
    ),
    charges as (
        select
            asked_debits.entry_id,
            charges.amount_minor,
            charges.charged_on,
        from asked_debits
        inner join staging.instalments as instalments
            on asked_debits.instalment_entry = instalments.entry_id
        inner join staging.charges as charges
            on instalments.lender = charges.lender
            and instalments.loan_id = charges.loan_id
            and instalments.instalment_no = charges.instalment_no
        where charges.status = 'charged' and charges.amount_minor > 0
    ),
    changes as (
        select
            entry_id,
            amount_minor as signed_minor,
            known_on,
            false as is_less,
        from earlier
        union all
        select
            earlier.entry_id,
            given_back.left_minor - given_back.before_minor as signed_minor,
            given_back.told_on as known_on,
            true as is_less,
        from earlier
        inner join breaks.given_back as given_back
            on earlier.earlier_id = given_back.entry_id
        union all
        select
            entry_id,
            -amount_minor as signed_minor,
            charged_on as known_on,
            true as is_less,
        from charges
    ),
    days as (
        select
            entry_id,
            known_on,
            bool_or(is_less) as is_less,
            sum(sum(signed_minor)) over (
                partition by entry_id
                order by known_on
                rows between unbounded preceding and 1 preceding
            ) as before_minor,
        from changes
        group by
            entry_id,
            known_on
    ),
    final as (
        select
            days.entry_id,
            max(days.known_on) as owed_since,
        from days
        inner join asked_debits on days.entry_id = asked_debits.entry_id
        inner join staging.instalments as instalments
            on asked_debits.instalment_entry = instalments.entry_id
        where days.is_less and days.before_minor >= instalments.amount_due_minor
        group by days.entry_id
    )
select * from final
