-- row: one posting beyond the debits of its order, equal to one of them
-- key: entry_id
-- rank: 12
-- family: matched_but_wrong
-- subject: entry
-- zh: 重复入账
-- severity: high
-- means: One debit was booked more than once.
-- remedy: Post the reversal of this repayment.
with
    postings as (
        select
            entry_id,
            lender,
            posting_id,
            channel,
            order_no,
            amount_minor,
            posted_at,
            known_since,
        from breaks.matched_postings
        where order_no is not null
    ),
    repeated as (
        select
            lender,
            channel,
            order_no,
            count(*) as posting_count,
            min(amount_minor) as amount_minor,
        from postings
        group by
            lender,
            channel,
            order_no
        having count(*) > 1 and min(amount_minor) = max(amount_minor)
    ),
    debits as (
        select
            debits.channel,
            debits.order_no,
            count(*) as debit_count,
            min(debits.net_minor) as net_minor,
        from staging.debits as debits
        semi join repeated
            on debits.channel = repeated.channel
            and debits.order_no = repeated.order_no
        where debits.net_minor > 0
        group by
            debits.channel,
            debits.order_no
        having min(debits.net_minor) = max(debits.net_minor)
    ),
    ordered as (
        select
            postings.entry_id,
            postings.known_since,
            debits.debit_count,
            row_number() over (
                partition by postings.lender, postings.channel, postings.order_no
                order by postings.posted_at, postings.posting_id
            ) as place,
        from postings
        inner join repeated
            on postings.lender = repeated.lender
            and postings.channel = repeated.channel
            and postings.order_no = repeated.order_no
        inner join debits
            on postings.channel = debits.channel
            and postings.order_no = debits.order_no
            and repeated.amount_minor = debits.net_minor
    ),
    final as (
        select
            entry_id,
            'booked_again' as cause,
            known_since as true_since,
        from ordered
        where place > debit_count
    )
select * from final
