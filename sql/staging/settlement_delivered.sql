-- row: one settlement line as delivered, also one that a later settle date repeats
-- key: entry_id
-- kept: no
with
    files as (
        select
            file_id,
            file_rank,
            path,
            channel,
            business_date,
        from staging.files
    ),
    lines as (
        select
            file_id,
            line,
            channel_ref,
            order_no,
            kind,
            original_ref,
            amount_minor,
            fee_minor,
            happened_at,
            settle_date,
            card_no,
            bank_code,
            outcome,
            response_code,
        from landing.settlement
    ),
    final as (
        select
            files.channel,
            lines.channel_ref,
            lines.order_no,
            lines.kind,
            lines.original_ref,
            lines.card_no,
            lines.bank_code,
            lines.outcome,
            lines.response_code,
            lines.amount_minor,
            coalesce(lines.fee_minor, 0) as fee_minor,
            lines.happened_at,
            lines.settle_date,
            files.business_date as file_date,
            files.path,
            files.file_rank,
            lines.file_id,
            lines.line,
            lines.file_id * 4294967296 + lines.line as entry_id,
        from lines
        inner join files on lines.file_id = files.file_id
    )
select * from final
