-- row: one event that a channel reports, from its latest settle date
-- key: channel, channel_ref
-- kept: no
with
    business_day as (
        select as_of
        from reference.business_day
    ),
    lines as (
        select
            entry_id,
            channel,
            channel_ref,
            order_no,
            kind,
            original_ref,
            card_no,
            bank_code,
            outcome,
            response_code,
            amount_minor,
            happened_at,
            settle_date,
            file_date,
        from staging.settlement_delivered
    ),
    repeated_refs as (
        select
            entry_id,
            own_ref,
            is_latest,
        from staging.repeated_refs
    ),
    final as (
        select
            lines.channel,
            coalesce(repeated_refs.own_ref, lines.channel_ref) as channel_ref,
            lines.order_no,
            lines.kind,
            lines.original_ref,
            lines.card_no,
            lines.bank_code,
            lines.outcome,
            lines.response_code,
            lines.amount_minor,
            lines.happened_at,
            lines.settle_date,
            lines.file_date,
            lines.entry_id,
        from lines
        inner join business_day on lines.happened_at < business_day.as_of
        left join repeated_refs on lines.entry_id = repeated_refs.entry_id
        where coalesce(repeated_refs.is_latest, true)
    )
select * from final
