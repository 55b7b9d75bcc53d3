-- row: one amount that counts towards an instalment, on the day from which it counts
-- key: entry_id
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
            lender,
            loan_id,
            instalment_no,
            net_minor,
            happened_at,
        from staging.debits
        where net_minor > 0 and instalment_no is not null
    ),
    repayments as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            amount_minor,
            value_date,
        from staging.repayments
        where not is_channel_repayment and instalment_no is not null
    ),
    in_transit as (
        select
            postings.entry_id,
            postings.lender,
            postings.loan_id,
            postings.instalment_no,
            postings.amount_minor,
            postings.value_date,
        from breaks.unmatched_postings as postings
        semi join breaks.in_transit as in_transit
            on postings.entry_id = in_transit.entry_id
        -- the channel took this order's money and gave it back: nothing is in transit
        anti join staging.debits as debits
            on postings.channel = debits.channel
            and postings.order_no = debits.order_no
        where postings.state = 'open' and postings.instalment_no is not null
    ),
    payoffs as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            amount_minor,
            last_debit_at,
        from breaks.matched_postings
        where first_instalment_no is null and instalment_no is not null
    ),
    together as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            net_minor as amount_minor,
            cast(happened_at as date) as counts_on,
        from debits
        union all
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            amount_minor,
            value_date as counts_on,
        from repayments
        union all
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            amount_minor,
            value_date as counts_on,
        from in_transit
        union all
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            amount_minor,
            cast(last_debit_at as date) as counts_on,
        from payoffs
    ),
    final as (
        select
            together.entry_id,
            together.lender,
            together.loan_id,
            together.instalment_no,
            together.amount_minor,
            together.counts_on,
        from together
        inner join business_day on together.counts_on <= business_day.business_date
    )
select * from final
