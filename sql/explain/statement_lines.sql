-- row: one of the last entries of the borrower's statements before the day was over
-- key: entry_id
-- The day is the due date of an instalment; for an order, the instant it was sent.
with
    subject as (
        select
            kind,
            lender,
            borrower_ref,
            due_date,
            happened_at,
        from explain.subject
        where kind in ('order', 'instalment')
    ),
    statements as (
        select
            entry_id,
            lender,
            borrower_ref,
            happened_at,
            place,
        from breaks.card_statements
    ),
    final as (
        select statements.entry_id
        from statements
        inner join subject
            on statements.lender = subject.lender
            and statements.borrower_ref = subject.borrower_ref
            and statements.happened_at < case
                when subject.kind = 'order'
                    then subject.happened_at + interval 1 microsecond
                else cast(subject.due_date + 1 as timestamp)
            end
        qualify
            row_number() over (
                order by statements.happened_at desc, statements.place desc
            ) <= 10
    )
select * from final
