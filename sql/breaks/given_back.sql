-- row: one debit and a day whose files told that money of it was given back
-- key: entry_id, told_on
-- With what was left of it before and after. A refund that names no debit counts
-- against every debit of its order that bears any of it, up to what that debit bears in
-- the end.
with
    debits as (
        select
            entry_id,
            channel,
            channel_ref,
            order_no,
            amount_minor,
            net_minor,
        from staging.debits
        where net_minor < amount_minor
    ),
    refunds as (
        select
            channel,
            order_no,
            debit_ref,
            amount_minor,
            told_on,
        from staging.refunds
    ),
    of_debits as (
        select
            debits.entry_id,
            refunds.told_on,
            refunds.amount_minor,
        from refunds
        inner join debits
            on refunds.channel = debits.channel
            and refunds.debit_ref = debits.channel_ref
        union all
        select
            debits.entry_id,
            refunds.told_on,
            refunds.amount_minor,
        from refunds
        inner join debits
            on refunds.channel = debits.channel
            and refunds.order_no = debits.order_no
        where refunds.debit_ref is null
    ),
    days as (
        select
            entry_id,
            told_on,
            sum(amount_minor) as amount_minor,
        from of_debits
        group by
            entry_id,
            told_on
    ),
    running as (
        select
            entry_id,
            told_on,
            amount_minor,
            sum(amount_minor) over (partition by entry_id order by told_on)
                as so_far_minor,
        from days
    ),
    final as (
        select
            running.entry_id,
            running.told_on,
            cast(
                greatest(
                    debits.amount_minor - (running.so_far_minor - running.amount_minor),
                    debits.net_minor
                ) as bigint
            ) as before_minor,
            cast(
                greatest(debits.amount_minor - running.so_far_minor, debits.net_minor)
                as bigint
            ) as left_minor,
        from running
        inner join debits on running.entry_id = debits.entry_id
    )
select * from final
