-- row: one declaration of a channel's totals for one day
-- key: channel, settle_date, scope
-- A totals file of its own speaks for the whole day, the latest one counts; totals
-- inside a settlement file speak for that file, so several files of a day are each
-- checked.
with
    files as (
        select
            file_id,
            file_rank,
            path,
            channel,
        from staging.files
    ),
    settlement_paths as (
        select path
        from staging.files
        where relation = 'settlement'
        group by path
    ),
    totals as (
        select
            file_id,
            line,
            settle_date,
            debit_count,
            debit_amount_minor,
            refund_count,
            refund_amount_minor,
            fee_amount_minor,
            net_amount_minor,
            line_count,
            lines_read,
        from landing.settlement_totals
    ),
    final as (
        select
            files.channel,
            totals.settle_date,
            case when settlement_paths.path is null then '' else files.path end
                as scope,
            totals.debit_count,
            totals.debit_amount_minor,
            totals.refund_count,
            totals.refund_amount_minor,
            totals.fee_amount_minor,
            totals.net_amount_minor,
            totals.line_count,
            totals.lines_read,
            totals.file_id * 4294967296 + totals.line as entry_id,
        from totals
        inner join files on totals.file_id = files.file_id
        left join settlement_paths on files.path = settlement_paths.path
        qualify
            row_number() over (
                partition by
                    files.channel,
                    totals.settle_date,
                    case when settlement_paths.path is null then '' else files.path end
                order by files.file_rank desc, totals.line desc
            ) = 1
    )
select * from final
