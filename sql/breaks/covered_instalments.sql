-- row: one instalment that is covered, and the first day on which it was
-- key: lender, loan_id, instalment_no
with
    instalments as (
        select
            lender,
            loan_id,
            instalment_no,
            due_date,
            amount_due_minor,
        from breaks.due_instalments
    ),
    money as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            amount_minor,
            counts_on,
        from breaks.covering_money
    ),
    sums as (
        select
            instalments.lender,
            instalments.loan_id,
            instalments.instalment_no,
            instalments.amount_due_minor,
            count(*) as times,
            max(money.counts_on) as last_counts_on,
        from instalments
        inner join money
            on instalments.lender = money.lender
            and instalments.loan_id = money.loan_id
            and instalments.instalment_no = money.instalment_no
        group by
            instalments.lender,
            instalments.loan_id,
            instalments.instalment_no,
            instalments.amount_due_minor
        having sum(money.amount_minor) >= instalments.amount_due_minor
    ),
    running as (
        select
            sums.lender,
            sums.loan_id,
            sums.instalment_no,
            sums.amount_due_minor,
            money.counts_on,
            sum(money.amount_minor) over (
                partition by sums.lender, sums.loan_id, sums.instalment_no
                order by money.counts_on
            ) as so_far_minor,
        from sums
        inner join money
            on sums.lender = money.lender
            and sums.loan_id = money.loan_id
            and sums.instalment_no = money.instalment_no
        where sums.times > 1
    ),
    final as (
        select
            lender,
            loan_id,
            instalment_no,
            last_counts_on as covered_on,
        from sums
        where times = 1 and amount_due_minor > 0
        union all
        select
            lender,
            loan_id,
            instalment_no,
            min(counts_on) as covered_on,
        from running
        where so_far_minor >= amount_due_minor and amount_due_minor > 0
        group by
            lender,
            loan_id,
            instalment_no
        union all
        -- nothing due is covered from the start
        select
            lender,
            loan_id,
            instalment_no,
            due_date as covered_on,
        from instalments
        where amount_due_minor <= 0
    )
select * from final
