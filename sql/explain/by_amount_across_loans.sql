-- row: one reason why by_amount_across_loans left an asked entry open
-- key: entry_id, other_id?
-- rank: 4
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
        where asked_entries.taken_by_rank > 4
    ),
    pairs as (
        select
            entry_id,
            other_id,
            posted_after_seconds,
            outside_window_seconds,
            is_channel_right,
            is_borrower_shared,
            may_meet,
        from explain.pairs
        where
            not is_same_loan
            and difference_minor = 0
            and taken_by_rank > 3
            -- what shares nothing and lies elsewhere is a stranger, not a near miss
            and (
                is_borrower_shared
                or (is_channel_right and outside_window_seconds = 0)
            )
    ),
    reasons as (
        select
            asked.entry_id,
            pairs.other_id,
            pairs.outside_window_seconds,
            case
                when not asked.may_meet and asked.side = 'posting'
                    then 'its order_no is known, so only by_order_no may match it'
                when not asked.may_meet
                    then 'no lender knows its order, so it has no loan to compare'
                when pairs.other_id is null and asked.side = 'debit'
                    then 'no open posting of its amount on another loan'
                when pairs.other_id is null
                    then 'no open debit of its amount on another loan'
                when not pairs.is_channel_right then 'names another channel'
                when not pairs.is_borrower_shared
                    then 'shares neither borrower nor card'
                when not pairs.may_meet then 'may only be matched by its order_no'
                when pairs.outside_window_seconds > 0
                    then 'lies outside the posting window'
                else 'is not the only candidate'
            end as why,
            row_number() over (
                partition by asked.entry_id
                order by
                    pairs.is_borrower_shared desc,
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
                when why = 'lies outside the posting window' then outside_window_seconds
            end as by_seconds,
        from reasons
        order by entry_id, place
    )
select * from final
