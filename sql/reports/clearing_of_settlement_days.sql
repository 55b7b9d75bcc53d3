-- row: one gone break of a settlement day, and what came for that day
-- key: break_id
-- kept: no
-- rank: 5
-- family: clearings
with
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
            channel,
            business_date as settle_date,
            case when member = '' then path else path || '!' || member end as shown_as,
        from staging.files
        where relation = 'settlement'
    ),
    days as (
        select
            channel,
            settle_date,
            string_agg(shown_as || ':1', ';' order by shown_as) as places,
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
                when days.channel is null then 'file_withdrawn'
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
