-- row: one debit of an instalment that has several, and what came before it
-- key: entry_id
with
    debits as (
        select
            entry_id,
            channel,
            channel_ref,
            order_no,
            lender,
            loan_id,
            instalment_no,
            net_minor,
            happened_at,
            settle_date,
        from staging.debits
        where net_minor > 0 and instalment_no is not null
    ),
    repeated as (
        select
            lender,
            loan_id,
            instalment_no,
        from debits
        group by
            lender,
            loan_id,
            instalment_no
        having count(*) > 1
    ),
    final as (
        select
            debits.entry_id,
            debits.channel,
            debits.order_no,
            debits.lender,
            debits.loan_id,
            debits.instalment_no,
            debits.net_minor,
            debits.happened_at,
            coalesce(
                sum(debits.net_minor) over (
                    partition by debits.lender, debits.loan_id, debits.instalment_no
                    order by debits.happened_at, debits.channel_ref, debits.channel
                    rows between unbounded preceding and 1 preceding
                ),
                0
            ) as earlier_minor,
            max(debits.settle_date) over (
                partition by debits.lender, debits.loan_id, debits.instalment_no
                order by debits.happened_at, debits.channel_ref, debits.channel
                rows between unbounded preceding and current row
            ) as known_since,
            row_number() over (
                partition by debits.channel, debits.order_no
                order by debits.happened_at, debits.channel_ref
            ) > 1 as repeats_order_no,
        from debits
        semi join repeated
            on debits.lender = repeated.lender
            and debits.loan_id = repeated.loan_id
            and debits.instalment_no = repeated.instalment_no
    )
select * from final
