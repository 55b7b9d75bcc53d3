-- row: one debit that is in no group, or in one that still waits for its sums to agree
-- key: entry_id
with
    business_day as (
        select as_of
        from reference.business_day
    ),
    entries as (
        select
            entry_id,
            state,
        from matching.entries
        where state <> 'matched'
    ),
    ambiguous as (
        select
            entry_id,
            cause,
        from matching.ambiguous_entries
    ),
    debits as (
        select
            entry_id,
            channel,
            order_no,
            lender,
            loan_id,
            net_minor,
            happened_at,
            posting_due_at,
            settle_date,
        from staging.debits
    ),
    drawn as (
        select
            entry_id,
            max(from_day) as drawn_since,
        from breaks.net_history
        -- there was nothing of it before
        where net_minor = change_minor
        group by entry_id
    ),
    final as (
        select
            debits.entry_id,
            debits.channel,
            debits.order_no,
            debits.lender,
            debits.loan_id,
            debits.net_minor,
            debits.happened_at,
            entries.state,
            ambiguous.cause,
            business_day.as_of < debits.posting_due_at as is_young,
            -- the first day at whose end the posting window was over, its file
            -- there and not all of it taken for given back
            greatest(
                cast(debits.posting_due_at - interval 1 microsecond as date),
                debits.settle_date,
                drawn.drawn_since
            ) as true_since,
        from entries
        inner join debits on entries.entry_id = debits.entry_id
        inner join drawn on debits.entry_id = drawn.entry_id
        left join ambiguous on entries.entry_id = ambiguous.entry_id
        cross join business_day
    )
select * from final
