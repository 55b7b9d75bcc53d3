-- row: one debit, posting or order that a report names, with the debit order behind it
-- key: entry_id
with
    subjects as (
        select
            entry_id,
            kind,
            lender,
            channel,
            order_no,
            debit_id,
        from breaks.entry_subjects
        where kind <> 'instalment'
    ),
    debits as (
        select
            entry_id,
            channel,
            order_no,
            lender,
            channel_ref,
            response_code,
        from staging.debits
    ),
    orders as (
        select
            entry_id,
            lender,
            channel,
            order_no,
            response_code,
        from staging.orders
    ),
    behind as (
        select
            subjects.entry_id,
            subjects.kind,
            debits.channel_ref,
            debits.response_code as line_code,
            coalesce(debits.channel, subjects.channel) as channel,
            coalesce(debits.lender, subjects.lender) as lender,
            coalesce(debits.order_no, subjects.order_no) as order_no,
        from subjects
        left join debits on subjects.debit_id = debits.entry_id
    ),
    final as (
        select
            behind.entry_id,
            behind.kind,
            orders.entry_id as order_id,
            behind.channel,
            behind.order_no,
            behind.channel_ref,
            behind.line_code,
            orders.response_code as order_code,
        from behind
        left join orders
            on behind.lender = orders.lender
            and behind.channel = orders.channel
            and behind.order_no = orders.order_no
    )
select * from final
