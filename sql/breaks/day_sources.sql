-- row: one calendar day of one channel with the files and declared totals it came in
-- key: channel, settle_date
with
    files as (
        select
            file_id,
            channel,
            business_date,
            relation,
            case when member = '' then path else path || '!' || member end as shown_as,
        from staging.files
    ),
    totals as (
        select
            channel,
            settle_date,
            entry_id,
        from staging.declared_totals
    ),
    receipts as (
        select
            channel,
            settle_date,
            entry_id,
        from breaks.receipt_days
        where settle_date is not null
    ),
    places as (
        select
            channel,
            business_date as settle_date,
            shown_as || ':1' as place,
        from files
        where relation = 'settlement'
        union
        select
            totals.channel,
            totals.settle_date,
            files.shown_as || ':' || (totals.entry_id % 4294967296) as place,
        from totals
        inner join files on totals.entry_id // 4294967296 = files.file_id
        union
        select
            receipts.channel,
            receipts.settle_date,
            files.shown_as || ':' || (receipts.entry_id % 4294967296) as place,
        from receipts
        inner join files on receipts.entry_id // 4294967296 = files.file_id
    ),
    final as (
        select
            channel,
            settle_date,
            string_agg(place, ';' order by place) as sources,
        from places
        group by
            channel,
            settle_date
    )
select * from final
