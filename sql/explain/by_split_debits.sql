-- row: one reason why by_split_debits left an asked entry open
-- key: entry_id, other_id?
-- rank: 3
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
        where asked_entries.taken_by_rank > 3
    ),
    pairs as (
        select
            entry_id,
            other_id,
            difference_minor,
            posted_after_seconds,
            outside_window_seconds,
            is_channel_right,
            may_meet,
            taken_by_rank,
        from explain.pairs
        where is_same_loan and taken_by_rank > 2
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
                    then 'no open posting of its loan'
                when pairs.other_id is null then 'no open debit of its loan'
                when not pairs.is_channel_right then 'names another channel'
                when not pairs.may_meet then 'may only be matched by its order_no'
                when pairs.outside_window_seconds > 0
                    then 'lies outside the posting window'
                when pairs.taken_by_rank = 3 then 'is part of another split'
                else 'does not add up with other open entries'
            end as why,
            row_number() over (
                partition by asked.entry_id
                order by
                    abs(pairs.difference_minor),
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
