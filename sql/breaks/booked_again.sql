-- row: one posting beyond the debits of its order, equal to one of them
-- key: entry_id
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
    ),
    alike as (
        select
            channel,
            order_no,
            any_value(amount_minor) as amount_minor,
        from postings
        group by
            channel,
            order_no
        having min(amount_minor) = max(amount_minor)
    ),
    debits as (
        select
            channel,
            order_no,
            count(*) as debit_count,
            any_value(net_minor) as net_minor,
        from staging.debits
        where net_minor > 0
        group by
            channel,
            order_no
        having min(net_minor) = max(net_minor)
    ),
    ordered as (
        select
            postings.entry_id,
            postings.channel,
            postings.order_no,
            postings.known_since,
            debits.debit_count,
            row_number() over (
                partition by postings.channel, postings.order_no
                order by postings.posted_at, postings.posting_id, postings.lender
            ) as place,
        from postings
        inner join alike
            on postings.channel = alike.channel
            and postings.order_no = alike.order_no
        inner join debits
            on postings.channel = debits.channel
            and postings.order_no = debits.order_no
            and alike.amount_minor = debits.net_minor
    ),
    final as (
        select
            entry_id,
            channel,
            order_no,
            known_since,
        from ordered
        where place > debit_count
    )
select * from final
