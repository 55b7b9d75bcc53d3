-- row: the lines of one loan in one statement file, and which way they were printed
-- key: file_rank, loan_id
-- Many banks print the newest entry first. Which way a file runs is read off its
-- balances: each follows from the one printed before it, or from the one after it.
with
    entries as (
        select
            file_rank,
            loan_id,
            line,
            amount_minor,
            balance_minor,
        from staging.statement_entries
    ),
    neighbours as (
        select
            file_rank,
            loan_id,
            amount_minor,
            balance_minor,
            lag(amount_minor) over above as amount_above_minor,
            lag(balance_minor) over above as balance_above_minor,
        from entries
        window above as (partition by file_rank, loan_id order by line)
    ),
    final as (
        select
            file_rank,
            loan_id,
            count(*) filter (
                where balance_above_minor - amount_above_minor = balance_minor
            ) > count(*) filter (
                where balance_above_minor + amount_minor = balance_minor
            ) as is_newest_first,
        from neighbours
        group by
            file_rank,
            loan_id
    )
select * from final
