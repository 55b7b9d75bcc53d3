-- row: one gone break of a settlement day, and what came for that day
-- key: break_id
-- kept: no
-- rank: 5
-- family: clearings
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    fresh_files as (
        select file_id
        from reports.fresh_files
    ),
    gone as (
        select
            break_id,
            category,
            channel,
            settle_date,
        from reports.gone
        where kind = 'settlement'
    ),
    files as (
        select
            files.channel,
            files.business_date as settle_date,
            files.relation,
            case
                when files.member = '' then files.path
                else files.path || '!' || files.member
            end || ':1' as place,
            fresh_files.file_id is not null as is_fresh,
        from staging.files as files
        left join fresh_files on files.file_id = fresh_files.file_id
        where files.relation in ('settlement', 'settlement_totals')
    ),
    days as (
        select
            channel,
            settle_date,
            bool_or(relation = 'settlement') as has_file,
            string_agg(place, ';' order by place) filter (is_fresh) as places,
        from files
        group by
            channel,
            settle_date
    ),
    receipts as (
        select
            receipt_days.channel,
            receipt_days.settle_date,
            receipts.entry_id as source_id,
        from breaks.receipt_days as receipt_days
        inner join staging.receipts as receipts
            on receipt_days.entry_id = receipts.entry_id
        left join fresh_files on receipts.entry_id // 4294967296 = fresh_files.file_id
        cross join business_day
        where
            fresh_files.file_id is not null
            or receipts.booked_on = business_day.business_date
        qualify
            row_number() over (
                partition by receipt_days.channel, receipt_days.settle_date
                order by
                    receipts.booked_on desc,
                    receipts.lender,
                    receipts.entry_ref desc
            ) = 1
    ),
    judged as (
        select
            gone.break_id,
            case
                when not coalesce(days.has_file, false) then 'file_withdrawn'
                when gone.category = 'settlement_file_missing' then 'file_arrived'
                when gone.category in (
                    'settlement_not_received', 'settlement_differs'
                )
                    and receipts.channel is not null
                    then 'receipt_booked'
                else 'figures_agree'
            end as cleared_by,
            receipts.source_id,
            days.places,
        from gone
        left join receipts
            on gone.channel = receipts.channel
            and gone.settle_date = receipts.settle_date
        left join days
            on gone.channel = days.channel
            and gone.settle_date = days.settle_date
    ),
    final as (
        select
            break_id,
            cleared_by,
            case cleared_by
                when 'file_withdrawn' then 'the file of the day is no longer there'
                when 'file_arrived' then 'the file of the day is there'
                when 'receipt_booked' then 'the bank account shows the money'
                else 'the figures of the day agree now'
            end as cleared_how,
            case when cleared_by = 'receipt_booked' then source_id end as source_id,
            case
                when cleared_by in ('file_arrived', 'figures_agree') then places
            end as source_text,
        from judged
    )
select * from final
