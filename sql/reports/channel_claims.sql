-- row: one thing to ask a channel for, sorted by channel, date and break
-- key: break_id
-- The amount is what the channel owes or holds; below zero it is owed to the channel.
with
    breaks as (
        select
            break_id,
            category,
            category_zh,
            channel,
            subject,
            order_no,
            channel_ref,
            ledger_amount_minor,
            channel_amount_minor,
            currency,
            happened_at,
            open_since,
            cause,
            sources,
        from reports.breaks
        where
            liable = 'channel'
            or category in ('debit_outcome_unknown', 'debit_status_conflict')
    ),
    orders as (
        select
            names.subject,
            orders.amount_minor,
        from breaks.order_subjects as names
        inner join staging.orders as orders on names.entry_id = orders.entry_id
    ),
    asked as (
        select
            breaks.*,
            asks.ask,
        from breaks
        inner join (
            values
                ('settlement_file_missing', 'deliver_file'),
                ('control_total_differs', 'explain_total'),
                ('channel_fee_differs', 'correct_fee'),
                ('settlement_not_received', 'pay_settlement'),
                ('settlement_differs', 'explain_settlement'),
                ('duplicate_debit', 'give_back_debit'),
                ('debit_not_posted', 'confirm_outcome'),
                ('posting_without_debit', 'confirm_outcome'),
                ('debit_outcome_unknown', 'confirm_outcome'),
                ('debit_status_conflict', 'confirm_outcome')
        ) as asks (category, ask) on breaks.category = asks.category
        -- one question an order; the break about the order names it best
        qualify
            row_number() over (
                partition by
                    breaks.channel,
                    asks.ask,
                    coalesce(breaks.order_no, breaks.break_id)
                order by
                    breaks.subject like 'order:%' desc,
                    breaks.break_id
            ) = 1
    ),
    final as (
        select
            asked.channel,
            asked.ask,
            coalesce(
                try_cast(
                    regexp_extract(asked.subject, '^settlement:.*:([0-9-]{10})$', 1)
                    as date
                ),
                cast(asked.happened_at as date)
            ) as date,
            asked.order_no,
            asked.channel_ref,
            case
                when asked.ask in ('explain_total', 'explain_settlement', 'correct_fee')
                    then asked.channel_amount_minor - asked.ledger_amount_minor
                else coalesce(
                    orders.amount_minor,
                    asked.channel_amount_minor,
                    asked.ledger_amount_minor
                )
            end as amount_minor,
            asked.currency,
            asked.category,
            asked.category_zh,
            asked.cause,
            asked.open_since,
            asked.break_id,
            asked.sources,
        from asked
        left join orders on asked.subject = orders.subject
        order by
            asked.channel,
            date,
            asked.break_id
    )
select * from final
