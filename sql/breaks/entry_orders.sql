-- row: one debit, posting or order that a report names, with a debit order behind it
-- key: entry_id, place
-- A posting that names an order known to its lender or channel is of that order, and
-- of no other piece of the split that it may be matched with. One that names none is of
-- the orders of all debits that it was matched with; `place` counts them in time order.
with
    subjects as (
        select
            entry_id,
            kind,
            channel,
            order_no,
            order_entry,
            coalesce(has_usable_order, kind = 'order') as names_its_order,
        from breaks.entry_subjects
        where kind <> 'instalment'
    ),
    matched_debits as (
        select
            posting_entry,
            debit_entry,
            place,
        from breaks.matched_debits
    ),
    debits as (
        select
            entry_id,
            channel,
            order_no,
            order_entry,
            channel_ref,
            response_code,
        from staging.debits
    ),
    orders as (
        select
            entry_id,
            response_code,
        from staging.orders
    ),
    behind as (
        select
            subjects.entry_id,
            subjects.kind,
            coalesce(matched_debits.place, 1) as place,
            debits.channel_ref,
            case when not subjects.names_its_order then debits.response_code end
                as line_code,
            coalesce(debits.channel, subjects.channel) as channel,
            case
                when subjects.names_its_order then subjects.order_no
                else coalesce(debits.order_no, subjects.order_no)
            end as order_no,
            -- an order_no is its channel's, so the order may be another lender's
            case
                when subjects.names_its_order then subjects.order_entry
                else debits.order_entry
            end as order_entry,
        from subjects
        left join matched_debits
            on subjects.entry_id = matched_debits.posting_entry
            and (matched_debits.place = 1 or not subjects.names_its_order)
        left join debits
            on coalesce(matched_debits.debit_entry, subjects.entry_id)
                = debits.entry_id
    ),
    final as (
        select
            behind.entry_id,
            behind.kind,
            behind.place,
            orders.entry_id as order_id,
            behind.channel,
            behind.order_no,
            behind.channel_ref,
            behind.line_code,
            orders.response_code as order_code,
        from behind
        left join orders on behind.order_entry = orders.entry_id
    )
select * from final
