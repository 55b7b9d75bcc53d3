-- row: one posting in a group, with the group's last debit that is not a duplicate
-- key: entry_id
with
    entries as (
        select
            entry_id,
            group_id,
        from matching.entries
        where side = 'posting' and state = 'matched'
    ),
    groups as (
        select
            group_id,
            differs,
            last_debit_at,
            posting_due_at,
            last_settle_date,
            loan_id,
            first_instalment_no,
            last_instalment_no,
        from matching.groups
    ),
    last_debits as (
        select
            group_id,
            last_debit_at,
            posting_due_at,
            last_settle_date,
        from breaks.last_debits
    ),
    postings as (
        select
            entry_id,
            lender,
            posting_id,
            loan_id,
            instalment_no,
            channel,
            order_no,
            amount_minor,
            posted_at,
            value_date,
        from staging.channel_repayments
    ),
    final as (
        select
            postings.entry_id,
            entries.group_id,
            postings.lender,
            postings.posting_id,
            postings.loan_id,
            postings.instalment_no,
            postings.channel,
            postings.order_no,
            postings.amount_minor,
            postings.posted_at,
            postings.value_date,
            groups.loan_id as debit_loan_id,
            groups.first_instalment_no,
            groups.last_instalment_no,
            case
                when last_debits.group_id is null then groups.last_debit_at
                else last_debits.last_debit_at
            end as last_debit_at,
            case
                when last_debits.group_id is null then groups.posting_due_at
                else last_debits.posting_due_at
            end as posting_due_at,
            greatest(
                cast(postings.posted_at as date),
                coalesce(last_debits.last_settle_date, groups.last_settle_date),
                -- sums that differ were waited for until the posting window was over
                case
                    when groups.differs
                        then cast(groups.posting_due_at - interval 1 microsecond as date)
                    else groups.last_settle_date
                end
            ) as known_since,
        from entries
        inner join groups on entries.group_id = groups.group_id
        inner join postings on entries.entry_id = postings.entry_id
        left join last_debits on entries.group_id = last_debits.group_id
    )
select * from final
