-- row: one debit that earlier debits may have made a duplicate, and days on end on
--   which neither what they had paid changed nor what was owed
-- key: entry_id, known_on
-- Of debits before which as much was taken as is due, whatever was given back since.
-- Charges come off what was paid.
with
    several as (
        select instalment_entry
        from staging.debits
        group by instalment_entry
        having count(*) > 1
    ),
    taken as (
        select
            debits.entry_id,
            debits.instalment_entry,
            sum(debits.amount_minor) over (
                partition by debits.instalment_entry
                order by debits.happened_at, debits.channel_ref, debits.channel
                rows between unbounded preceding and 1 preceding
            ) as earlier_minor,
        from staging.debits as debits
        semi join several on debits.instalment_entry = several.instalment_entry
    ),
    asked as (
        select taken.entry_id
        from taken
        inner join staging.instalments as instalments
            on taken.instalment_entry = instalments.entry_id
        where taken.earlier_minor >= instalments.amount_due_minor
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
            earlier.entry_id,
            net_history.change_minor as signed_minor,
            net_history.from_day as known_on,
            net_history.change_minor < 0 as is_less,
        from earlier
        inner join breaks.net_history as net_history
            on earlier.earlier_id = net_history.entry_id
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
            sum(signed_minor) as signed_minor,
            sum(sum(signed_minor)) over (
                partition by entry_id
                order by known_on
            ) as paid_minor,
        from changes
        group by
            entry_id,
            known_on
    ),
    final as (
        select
            days.entry_id,
            days.known_on,
            lead(days.known_on) over (
                partition by days.entry_id
                order by days.known_on
            ) as until_day,
            days.is_less,
            days.paid_minor - days.signed_minor >= instalments.amount_due_minor
                as was_enough,
            days.paid_minor >= instalments.amount_due_minor as is_enough,
        from days
        inner join asked_debits on days.entry_id = asked_debits.entry_id
        inner join staging.instalments as instalments
            on asked_debits.instalment_entry = instalments.entry_id
    )
select * from final
