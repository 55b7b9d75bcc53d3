-- row: one amount that counts towards an instalment, on the day from which it counts
-- key: entry_id, counts_on
-- kept: no
-- A payment seen on both sides counts once, as the debit. A debit whose order names no
-- instalment (a payoff) counts where it was posted, on the day it was taken.
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    debits as (
        select
            entry_id,
            instalment_entry,
            net_minor,
            happened_at,
        from staging.debits
        where net_minor > 0 and instalment_entry is not null
    ),
    repayments as (
        select
            entry_id,
            instalment_entry,
            amount_minor,
            value_date,
        from staging.repayments
        where not is_channel_repayment and instalment_entry is not null
    ),
    other_postings as (
        select
            entry_id,
            instalment_entry,
            amount_minor,
            counts_on,
        from breaks.covering_postings
    ),
    together as (
        select
            entry_id,
            instalment_entry,
            net_minor as amount_minor,
            cast(happened_at as date) as counts_on,
        from debits
        union all
        select
            entry_id,
            instalment_entry,
            amount_minor,
            value_date as counts_on,
        from repayments
        union all
        select
            entry_id,
            instalment_entry,
            amount_minor,
            counts_on,
        from other_postings
    ),
    final as (
        select
            together.entry_id,
            together.instalment_entry,
            together.amount_minor,
            together.counts_on,
        from together
        inner join business_day on together.counts_on <= business_day.business_date
    )
select * from final
