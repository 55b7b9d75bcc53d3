-- row: one posting to another instalment than its order names, and that instalment
-- key: entry_id
with
    postings as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
        from staging.postings
        where instalment_no is not null and order_instalment_entry is null
    ),
    instalments as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
        from staging.instalments
    ),
    final as (
        select
            postings.entry_id,
            instalments.entry_id as instalment_entry,
        from postings
        inner join instalments
            on postings.lender = instalments.lender
            and postings.loan_id = instalments.loan_id
            and postings.instalment_no = instalments.instalment_no
    )
select * from final
