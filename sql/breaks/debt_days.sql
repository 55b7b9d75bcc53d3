-- row: one day on which part of a debt may be collected, and how much of it
-- key: entry_id, day
-- The debts of one card queue up, the oldest first. A month bears what its limit
-- leaves, a day the day limit; a debt takes the days where its place in the queue meets
-- both.
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    debts as (
        select
            entry_id,
            amount_minor,
            loan_id,
            instalment_no,
            [
                lender,
                borrower_ref,
                case when borrower_ref is null then loan_id end,
                card_no,
                channel,
                bank_code,
            ] as card,
            lender,
            borrower_ref,
            card_no,
            channel,
            bank_code,
            due_date,
            per_day_minor,
            per_month_minor,
        from breaks.debts_to_collect
    ),
    queue as (
        select
            entry_id,
            card,
            amount_minor,
            cast(
                sum(amount_minor) over (
                    partition by card
                    order by due_date, loan_id, instalment_no
                    rows between unbounded preceding and current row
                ) as bigint
            ) - amount_minor as before_minor,
        from debts
    ),
    used as (
        select
            lender,
            borrower_ref,
            card_no,
            channel,
            bank_code,
            date_trunc('month', requested_at) as month,
            cast(sum(amount_minor) as bigint) as used_minor,
        from breaks.succeeded_orders
        group by
            lender,
            borrower_ref,
            card_no,
            channel,
            bank_code,
            date_trunc('month', requested_at)
    ),
    cards as (
        select
            debts.card,
            cast(sum(debts.amount_minor) as bigint) as total_minor,
            coalesce(min(debts.per_day_minor), sum(debts.amount_minor))
                as per_day_minor,
            min(debts.per_month_minor) as per_month_minor,
            coalesce(any_value(used.used_minor), 0) as used_minor,
        from debts
        cross join business_day
        left join used
            on debts.lender = used.lender
            and debts.borrower_ref = used.borrower_ref
            and debts.card_no = used.card_no
            and debts.channel = used.channel
            and debts.bank_code = used.bank_code
            and used.month = date_trunc('month', business_day.business_date + 1)
        group by debts.card
    ),
    days as (
        select
            business_days.day,
            date_trunc('month', business_days.day)
                = date_trunc('month', business_day.business_date + 1)
                as is_first_month,
            row_number() over (order by business_days.day) as place,
            row_number() over (
                partition by date_trunc('month', business_days.day)
                order by business_days.day
            ) as place_in_month,
        from reference.business_days as business_days
        inner join business_day on business_days.day > business_day.business_date
    ),
    bearable as (
        select
            cards.card,
            days.day,
            days.place_in_month,
            cards.per_day_minor,
            case
                when cards.per_month_minor is null then cards.total_minor
                when days.is_first_month
                    then greatest(cards.per_month_minor - cards.used_minor, 0)
                else cards.per_month_minor
            end as month_minor,
        from cards
        inner join days
            -- most debts need one day; only a tight month needs the whole calendar
            on days.place * cards.per_day_minor
            < cards.total_minor + cards.per_day_minor
            or cards.total_minor > cards.per_month_minor - cards.used_minor
    ),
    capacities as (
        select
            card,
            day,
            cast(
                least(place_in_month * per_day_minor, month_minor)
                - least((place_in_month - 1) * per_day_minor, month_minor)
                as bigint
            ) as capacity_minor,
        from bearable
    ),
    running as (
        select
            card,
            day,
            capacity_minor,
            cast(
                sum(capacity_minor) over (partition by card order by day) as bigint
            ) as until_minor,
        from capacities
        where capacity_minor > 0
    ),
    final as (
        select
            queue.entry_id,
            running.day,
            least(queue.before_minor + queue.amount_minor, running.until_minor)
                - greatest(
                    queue.before_minor, running.until_minor - running.capacity_minor
                )
                as amount_minor,
        from queue
        inner join running
            on queue.card = running.card
            and queue.before_minor < running.until_minor
            and running.until_minor - running.capacity_minor
            < queue.before_minor + queue.amount_minor
    )
select * from final
