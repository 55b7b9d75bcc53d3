-- row: the limits of one bank at one channel, for one card type or for any, for one
--   span
-- key: channel, bank_code, card_type, valid_from
with
    bank_limits as (
        select
            channel,
            bank_code,
            card_type,
            per_debit_minor,
            per_day_minor,
            per_month_minor,
            valid_from,
            valid_to,
        from reference.bank_limits
    ),
    final as (
        select
            channel,
            bank_code,
            coalesce(card_type, 'any') as card_type,
            per_debit_minor,
            per_day_minor,
            per_month_minor,
            coalesce(valid_from, date '0001-01-01') as valid_from,
            coalesce(valid_to, date '9999-12-31') as valid_to,
        from bank_limits
    )
select * from final
