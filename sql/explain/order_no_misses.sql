-- row: one line with the order_no of an asked entry that yet is no other side of it
-- key: entry_id, other_id
with
    asked as (
        select
            entry_id,
            side,
        from explain.asked_entries
    ),
    entries as (
        select
            entries.entry_id,
            entries.side,
            entries.lender,
            entries.channel,
            entries.order_no,
        from explain.near_entries as entries
        semi join asked on entries.entry_id = asked.entry_id
        where entries.order_no is not null
    ),
    postings as (
        select
            entry_id,
            lender,
            posting_id,
            channel,
            order_no,
            kind,
        from staging.postings
        where order_no is not null
    ),
    undone as (
        select
            lender,
            reverses as posting_id,
        from staging.postings
        where kind = 'reversal'
    ),
    lines as (
        select
            entry_id,
            channel,
            order_no,
            kind,
            outcome,
        from staging.settlement_lines
        where order_no is not null
    ),
    final as (
        select
            entries.entry_id,
            postings.entry_id as other_id,
            case
                when postings.kind = 'reversal' then 'is a reversal'
                when undone.posting_id is not null then 'was undone by a reversal'
                else 'names another channel'
            end as why,
        from entries
        inner join postings
            on entries.lender = postings.lender
            and entries.order_no = postings.order_no
        left join undone
            on postings.lender = undone.lender
            and postings.posting_id = undone.posting_id
        where entries.side = 'debit'
        union all
        select
            entries.entry_id,
            lines.entry_id as other_id,
            case
                when entries.channel <> lines.channel then 'is of another channel'
                when lines.kind <> 'debit' then 'is a ' || lines.kind
                when lines.outcome <> 'succeeded'
                    then 'has the outcome ' || lines.outcome
                else 'was given back in full'
            end as why,
        from entries
        inner join lines on entries.order_no = lines.order_no
        where entries.side = 'posting'
    )
select * from final
