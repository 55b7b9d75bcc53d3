-- row: a loan in a month reported to the bureau, with the last money that came by its
--   end
-- key: lender, loan_id, month
with
    months as (
        select
            lender,
            loan_id,
            month,
            last_day(reported_on) as last_day,
        from breaks.bureau_months
    ),
    money as (
        select
            lender,
            loan_id,
            cast(happened_at as date) as repaid_on,
            net_minor as amount_minor,
        from staging.debits
        where net_minor > 0
        union all
        select
            lender,
            loan_id,
            value_date as repaid_on,
            amount_minor,
        from staging.repayments
        where not is_channel_repayment
    ),
    final as (
        select
            months.lender,
            months.loan_id,
            months.month,
            money.repaid_on,
            cast(sum(money.amount_minor) as bigint) as amount_minor,
        from months
        inner join money
            on months.lender = money.lender
            and months.loan_id = money.loan_id
            and money.repaid_on <= months.last_day
        group by
            months.lender,
            months.loan_id,
            months.month,
            money.repaid_on
        qualify
            row_number() over (
                partition by months.lender, months.loan_id, months.month
                order by money.repaid_on desc
            ) = 1
    )
select * from final
