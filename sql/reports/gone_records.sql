-- row: one delivered line on the loan, the instalment or the borrower of a gone break
-- key: break_id, source_id
-- kept: no
-- rank: 1
-- family: gone_lines
-- `thing` names what a line is about and `said` all that it says of that, so that one
-- that only repeats what an earlier one said is told from one that changes it.
with
    gone as (
        select
            break_id,
            lender,
            loan_id,
            instalment_no,
            borrower_ref,
        from reports.gone
    ),
    files as (
        select
            file_id,
            lender,
        from staging.files
    ),
    loans as (
        select
            lender,
            loan_id,
            borrower_ref,
        from staging.loans
    ),
    loan_lines as (
        select
            gone.break_id,
            'loan' as kind,
            lines.status as word,
            lines.loan_id as thing,
            true as is_own,
            cast(lines.opened_on as timestamp) as stamped_at,
            cast(row(lines.product, lines.card_no, lines.status) as varchar) as said,
            lines.file_id * 4294967296 + lines.line as source_id,
        from landing.loans as lines
        inner join files on lines.file_id = files.file_id
        inner join gone
            on files.lender = gone.lender and lines.loan_id = gone.loan_id
    ),
    instalments as (
        select
            gone.break_id,
            'instalment' as kind,
            cast(null as varchar) as word,
            cast(lines.instalment_no as varchar) as thing,
            true as is_own,
            cast(null as timestamp) as stamped_at,
            cast(
                row(lines.due_date, lines.principal_due_minor, lines.interest_due_minor)
                as varchar
            ) as said,
            lines.file_id * 4294967296 + lines.line as source_id,
        from landing.instalments as lines
        inner join files on lines.file_id = files.file_id
        inner join gone
            on files.lender = gone.lender
            and lines.loan_id = gone.loan_id
            and lines.instalment_no = gone.instalment_no
    ),
    charges as (
        select
            gone.break_id,
            'charge' as kind,
            lines.status as word,
            lines.charge_id as thing,
            true as is_own,
            cast(lines.charged_on as timestamp) as stamped_at,
            cast(
                row(lines.kind, lines.amount_minor, lines.charged_on, lines.status)
                as varchar
            ) as said,
            lines.file_id * 4294967296 + lines.line as source_id,
        from landing.charges as lines
        inner join files on lines.file_id = files.file_id
        inner join gone
            on files.lender = gone.lender
            and lines.loan_id = gone.loan_id
            and lines.instalment_no = gone.instalment_no
    ),
    statuses as (
        select
            gone.break_id,
            'status' as kind,
            lines.app_status as word,
            lines.loan_id as thing,
            true as is_own,
            cast(lines.as_of as timestamp) as stamped_at,
            cast(
                row(
                    -- of a loan that stays overdue the days past due grow by themselves
                    case
                        when lines.days_past_due > 0
                            then lines.as_of - cast(lines.days_past_due as integer)
                    end,
                    lines.app_status,
                    lines.collection_stage,
                    lines.bureau_status
                ) as varchar
            ) as said,
            lines.file_id * 4294967296 + lines.line as source_id,
        from landing.account_status as lines
        inner join files on lines.file_id = files.file_id
        inner join gone
            on files.lender = gone.lender and lines.loan_id = gone.loan_id
    ),
    statements as (
        select
            gone.break_id,
            'statement' as kind,
            cast(null as varchar) as word,
            lines.loan_id || ' ' || lines.entry_no as thing,
            true as is_own,
            lines.happened_at as stamped_at,
            cast(
                row(
                    lines.card_no,
                    lines.happened_at,
                    lines.amount_minor,
                    lines.balance_minor
                ) as varchar
            ) as said,
            lines.file_id * 4294967296 + lines.line as source_id,
        from landing.borrower_statements as lines
        inner join files on lines.file_id = files.file_id
        inner join loans
            on files.lender = loans.lender and lines.loan_id = loans.loan_id
        inner join gone
            on loans.lender = gone.lender and loans.borrower_ref = gone.borrower_ref
    ),
    final as (
        select * from loan_lines
        union all by name
        select * from instalments
        union all by name
        select * from charges
        union all by name
        select * from statuses
        union all by name
        select * from statements
    )
select * from final
