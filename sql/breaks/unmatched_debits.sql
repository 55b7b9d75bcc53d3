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
            instalment_no,
            net_minor,
            happened_at,
            posting_due_at,
            settle_date,
        from staging.debits
    ),
    final as (
        select
            debits.entry_id,
            debits.channel,
            debits.order_no,
            debits.lender,
            debits.loan_id,
            debits.instalment_no,
            debits.net_minor,
            debits.happened_at,
            entries.state,
            ambiguous.cause,
            business_day.as_of < debits.posting_due_at as is_young,
            -- the first day at whose end the posting window was over and the file there
            greatest(
                cast(debits.posting_due_at - interval 1 microsecond as date),
                debits.settle_date
            ) as true_since,
        from entries
        inner join debits on entries.entry_id = debits.entry_id
        left join ambiguous on entries.entry_id = ambiguous.entry_id
        cross join business_day
    )
select * from final
