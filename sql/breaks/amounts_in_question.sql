-- row: one true finding with its break_id and the money it is about
-- key: break_id
-- kept: no
with
    break_rows as (
        select
            category,
            subject,
            family,
            ledger_amount_minor,
            channel_amount_minor,
            refund_minor,
        from breaks.break_rows
    ),
    differences as (
        select
            category,
            subject,
            ledger_amount_minor,
            channel_amount_minor,
            refund_minor,
            -- an open entry lacks its other side whole
            case
                when family = 'open_entries'
                    then coalesce(ledger_amount_minor, 0)
                        - coalesce(channel_amount_minor, 0)
                else ledger_amount_minor - channel_amount_minor
            end as difference_minor,
        from break_rows
    ),
    final as (
        select
            substr(md5(category || ' ' || subject), 1, 16) as break_id,
            category,
            subject,
            difference_minor,
            coalesce(
                abs(difference_minor),
                refund_minor,
                abs(channel_amount_minor),
                ledger_amount_minor,
                0
            ) as amount_in_question_minor,
        from differences
    )
select * from final
