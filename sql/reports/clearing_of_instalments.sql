-- row: one gone break of an instalment, and what became of that instalment
-- key: break_id
-- kept: no
-- rank: 4
-- family: clearings
with
    gone as (
        select
            break_id,
            category,
            lender,
            loan_id,
            instalment_no,
            entry_id,
        from reports.gone
        where kind = 'instalment' and entry_id is not null
    ),
    instalments as (
        select
            entry_id,
            is_paid,
            is_closed,
        from breaks.due_instalments
    ),
    orders as (
        select
            gone.break_id,
            orders.entry_id as source_id,
        from gone
        inner join staging.latest_orders as orders
            on gone.lender = orders.lender
            and gone.loan_id = orders.loan_id
            and gone.instalment_no = orders.instalment_no
        qualify
            row_number() over (
                partition by gone.break_id
                order by orders.requested_at desc, orders.channel, orders.order_no desc
            ) = 1
    ),
    repayments as (
        select
            gone.break_id,
            repayments.entry_id as source_id,
        from gone
        inner join staging.repayments as repayments
            on gone.lender = repayments.lender
            and gone.loan_id = repayments.loan_id
            and gone.instalment_no = repayments.instalment_no
        qualify
            row_number() over (
                partition by gone.break_id
                order by repayments.posted_at desc, repayments.posting_id desc
            ) = 1
    ),
    charges as (
        select
            gone.break_id,
            charges.status,
            charges.entry_id as source_id,
        from gone
        inner join staging.charges as charges
            on gone.lender = charges.lender
            and gone.loan_id = charges.loan_id
            and gone.instalment_no = charges.instalment_no
        qualify
            row_number() over (
                partition by gone.break_id
                order by
                    charges.status = 'waived' desc,
                    charges.charged_on desc,
                    charges.charge_id desc
            ) = 1
    ),
    statuses as (
        select
            lender,
            loan_id,
            entry_id as source_id,
        from breaks.latest_status
    ),
    judged as (
        select
            gone.break_id,
            case
                when gone.category in ('wrongly_overdue', 'charge_differs')
                    then case
                        when charges.status = 'waived' then 'charges_waived'
                        when gone.category = 'charge_differs' then 'charges_corrected'
                        else 'record_corrected'
                    end
                when coalesce(instalments.is_closed, false) then 'loan_closed'
                when coalesce(instalments.is_paid, false) then 'paid'
                when orders.break_id is not null then 'order_placed'
                else 'no_longer_true'
            end as cleared_by,
            orders.source_id as order_source,
            repayments.source_id as repayment_source,
            charges.source_id as charge_source,
            statuses.source_id as status_source,
        from gone
        left join instalments on gone.entry_id = instalments.entry_id
        left join orders on gone.break_id = orders.break_id
        left join repayments on gone.break_id = repayments.break_id
        left join charges on gone.break_id = charges.break_id
        left join statuses
            on gone.lender = statuses.lender and gone.loan_id = statuses.loan_id
    ),
    final as (
        select
            break_id,
            cleared_by,
            case cleared_by
                when 'charges_waived' then 'its charges were waived'
                when 'charges_corrected' then 'its charges now agree with the rule'
                when 'record_corrected' then 'the ledger no longer treats it as late'
                when 'loan_closed' then 'its loan is closed'
                when 'paid' then 'its postings pay it'
                when 'order_placed' then 'a debit order asks for it'
                else 'its facts no longer say so'
            end as cleared_how,
            case cleared_by
                when 'charges_waived' then charge_source
                when 'charges_corrected' then charge_source
                when 'record_corrected' then status_source
                when 'paid' then repayment_source
                when 'order_placed' then order_source
            end as source_id,
            cast(null as varchar) as source_text,
        from judged
    )
select * from final
