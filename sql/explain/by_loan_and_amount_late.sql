-- row: one reason why by_loan_and_amount_late left an asked entry open
-- key: entry_id, other_id?
-- rank: 5
-- family: declined
with
    asked as (
        select
            asked_entries.entry_id,
            asked_entries.side,
            near.may_meet,
        from explain.asked_entries as asked_entries
        inner join explain.near_entries as near
            on asked_entries.entry_id = near.entry_id
        where asked_entries.taken_by_rank > 5
    ),
    pairs as (
        select
            entry_id,
            other_id,
            posted_after_seconds,
            late_match_seconds,
            is_channel_right,
            may_meet,
        from explain.pairs
        where is_same_loan and difference_minor = 0 and taken_by_rank > 4
    ),
    reasons as (
        select
            asked.entry_id,
            pairs.other_id,
            pairs.posted_after_seconds,
            pairs.late_match_seconds,
            case
                when not asked.may_meet and asked.side = 'posting'
                    then 'its order_no is known, so only by_order_no may match it'
                when not asked.may_meet
                    then 'no lender knows its order, so it has no loan to compare'
                when pairs.other_id is null and asked.side = 'debit'
                    then 'no open posting of its loan and amount'
                when pairs.other_id is null then 'no open debit of its loan and amount'
                when not pairs.is_channel_right then 'names another channel'
                when not pairs.may_meet then 'may only be matched by its order_no'
                when pairs.posted_after_seconds < 0
                    then 'was posted before the debit'
                when pairs.posted_after_seconds > pairs.late_match_seconds
                    then 'was posted too long after the debit'
                else 'is not the only candidate'
            end as why,
            row_number() over (
                partition by asked.entry_id
                order by
                    abs(pairs.posted_after_seconds),
                    pairs.other_id
            ) as place,
        from asked
        left join pairs on asked.entry_id = pairs.entry_id and asked.may_meet
        qualify place <= 10
    ),
    final as (
        select
            entry_id,
            other_id,
            why,
            cast(null as bigint) as by_minor,
            case
                when why = 'was posted before the debit' then -posted_after_seconds
                when why = 'was posted too long after the debit'
                    then posted_after_seconds - late_match_seconds
            end as by_seconds,
        from reasons
        order by entry_id, place
    )
select * from final
