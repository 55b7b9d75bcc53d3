-- row: one debit of an instalment that has several, or of which nothing is due, and
--   what came before it
-- key: entry_id
with
    debits as (
        select
            entry_id,
            lender,
            loan_id,
            channel,
            channel_ref,
            order_no,
            instalment_entry,
            net_minor,
            happened_at,
            cast(posting_due_at - interval 1 microsecond as date) as due_on,
            known_on,
        from staging.debits
        where net_minor > 0
    ),
    asked as (
        select instalment_entry
        from debits
        group by instalment_entry
        having count(*) > 1
        union all
        select entry_id as instalment_entry
        from staging.instalments
        where amount_due_minor = 0
    ),
    final as (
        select
            debits.entry_id,
            debits.lender,
            debits.loan_id,
            debits.instalment_entry,
            debits.net_minor,
            coalesce(
                sum(debits.net_minor) over (
                    partition by debits.instalment_entry
                    order by debits.happened_at, debits.channel_ref, debits.channel
                    rows between unbounded preceding and 1 preceding
                ),
                0
            ) as earlier_minor,
            debits.due_on,
            debits.known_on,
            row_number() over (
                partition by debits.channel, debits.order_no
                order by debits.happened_at, debits.channel_ref
            ) > 1 as repeats_order_no,
        from debits
        semi join asked on debits.instalment_entry = asked.instalment_entry
    )
select * from final
