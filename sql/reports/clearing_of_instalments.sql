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
            category in ('wrongly_overdue', 'charge_differs') as is_of_lateness,
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
    treated as (
        select entry_id
        from breaks.treated_as_late
    ),
    late as (
        select entry_id
        from breaks.genuinely_late
    ),
    subjects as (
        select
            gone.break_id,
            gone.category,
            gone.is_of_lateness,
            coalesce(instalments.is_paid, false) as is_paid,
            coalesce(instalments.is_closed, false) as is_closed,
            -- whether the ledger's own record changed, or the facts it rests on
            case gone.category
                when 'wrongly_overdue' then treated.entry_id is null
                when 'charge_differs' then late.entry_id is not null
                else false
            end as is_put_right,
        from gone
        left join instalments on gone.entry_id = instalments.entry_id
        left join treated on gone.entry_id = treated.entry_id
        left join late on gone.entry_id = late.entry_id
    ),
    words as (
        select *
        from (
            values
                (1, 'loan_closed', 'its loan is closed'),
                (2, 'charges_waived', 'its charges were waived'),
                (3, 'charges_corrected', 'its charges now agree with the rule'),
                (4, 'record_corrected', 'the ledger no longer treats it as late'),
                (5, 'paid', 'its postings pay it'),
                (6, 'order_placed', 'a debit order asks for it'),
                (7, 'schedule_changed', 'the schedule says otherwise of it'),
                (8, 'money_given_back', 'the channel gave money back'),
                (9, 'undone', 'the ledger reversed a posting'),
                (10, 'statement_came', 'a statement of the borrower says otherwise'),
                (11, 'no_longer_true', 'its facts no longer say so')
        ) as words (place, cleared_by, cleared_how)
    ),
    news as (
        select
            subjects.break_id,
            news.source_id,
            news.stamped_at,
            news.thing,
            news.is_own,
            case
                when news.kind = 'loan' and subjects.is_closed then 'loan_closed'
                when news.kind = 'charge' and subjects.is_put_right
                    then case
                        when news.word = 'waived' then 'charges_waived'
                        else 'charges_corrected'
                    end
                when news.kind = 'status' and subjects.is_put_right
                    then 'record_corrected'
                when news.kind = 'posting'
                    and news.is_own
                    and subjects.is_paid
                    and not subjects.is_of_lateness
                    then 'paid'
                when news.kind = 'order'
                    and news.is_own
                    and not subjects.is_of_lateness
                    then 'order_placed'
                when news.kind = 'instalment' then 'schedule_changed'
                when news.kind = 'refund' and news.is_own then 'money_given_back'
                when news.kind = 'undoing' and news.is_own then 'undone'
                when news.kind = 'statement' and subjects.category = 'wrongly_overdue'
                    then 'statement_came'
                when news.kind in ('order', 'debit', 'posting') then 'no_longer_true'
            end as cleared_by,
        from subjects
        inner join reports.news as news on subjects.break_id = news.break_id
    ),
    decisive as (
        select
            news.break_id,
            news.source_id,
            words.cleared_by,
        from news
        inner join words on news.cleared_by = words.cleared_by
        qualify
            row_number() over (
                partition by news.break_id
                order by
                    words.place,
                    news.is_own desc,
                    news.stamped_at desc,
                    news.thing desc
            ) = 1
    ),
    judged as (
        select
            subjects.break_id,
            coalesce(decisive.cleared_by, 'no_longer_true') as cleared_by,
            decisive.source_id,
        from subjects
        left join decisive on subjects.break_id = decisive.break_id
    ),
    final as (
        select
            judged.break_id,
            judged.cleared_by,
            words.cleared_how,
            judged.source_id,
            cast(null as varchar) as source_text,
        from judged
        inner join words on judged.cleared_by = words.cleared_by
    )
select * from final
