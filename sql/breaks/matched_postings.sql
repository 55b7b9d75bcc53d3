-- row: one posting of a group in which anything may be wrong
-- key: entry_id
-- With the group's last debit that is no duplicate. A posting of the right loan and
-- instalment, booked and valued in time, in a group whose sums agree and which holds no
-- duplicate, is what almost all are, and is left out.
with
    groups as (
        select
            group_id,
            differs,
            posting_count,
            last_debit_at,
            posting_due_at,
            complete_on,
            lender,
            loan_id,
            first_instalment_no,
            last_instalment_no,
        from matching.groups
        where not is_in_transit
    ),
    last_debits as (
        select
            group_id,
            last_debit_at,
            posting_due_at,
        from breaks.last_debits
    ),
    judged as (
        select
            group_id,
            -- after the last days without one side, or of waiting for its sums
            coalesce(
                max(case when differs is null then until_day else waited_until end),
                min(from_day)
            ) as judged_since,
            coalesce(
                max(case when differs is null then until_day end),
                min(from_day)
            ) as beside_since,
        from breaks.group_stretches
        group by group_id
    ),
    waits as (
        select
            group_id,
            stopped_on,
        from breaks.waits_over
    ),
    members as (
        select
            entry_id,
            group_id,
        from matching.passes
        where not is_debit
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
            members.group_id,
            postings.lender,
            postings.posting_id,
            postings.loan_id,
            postings.instalment_no,
            postings.channel,
            postings.order_no,
            postings.amount_minor,
            postings.posted_at,
            postings.value_date,
            groups.lender as debit_lender,
            groups.loan_id as debit_loan_id,
            -- the number of a loan is its lender's own
            postings.lender <> groups.lender or postings.loan_id <> groups.loan_id
                as is_other_loan,
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
                coalesce(
                    judged.judged_since, greatest(groups.complete_on, waits.stopped_on)
                )
            ) as known_since,
            -- waiting for its sums, too
            greatest(
                cast(postings.posted_at as date),
                coalesce(
                    judged.beside_since, greatest(groups.complete_on, waits.stopped_on)
                )
            ) as beside_since,
        from members
        inner join groups on members.group_id = groups.group_id
        inner join postings on members.entry_id = postings.entry_id
        left join last_debits on members.group_id = last_debits.group_id
        left join judged on members.group_id = judged.group_id
        left join waits on members.group_id = waits.group_id
        where
            groups.differs
            or groups.posting_count > 1
            or last_debits.group_id is not null
            or postings.lender is distinct from groups.lender
            or postings.loan_id is distinct from groups.loan_id
            or postings.instalment_no is distinct from groups.first_instalment_no
            or postings.instalment_no is distinct from groups.last_instalment_no
            or postings.posted_at > groups.posting_due_at
            or postings.value_date > cast(groups.last_debit_at as date)
    )
select * from final
