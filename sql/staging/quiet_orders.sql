-- row: one debit order that was taken, posted and in time, with all that agrees with it
-- key: entry_id
-- Put away: no rule of matching or breaks can find anything in it but a pair by
-- order_no, and almost all orders are such. A second record of any of its numbers, one
-- that speaks of its entries, or any difference takes it out again, the next run.
with
    debits as (
        select
            entry_id,
            lender,
            channel,
            order_no,
            loan_id,
            instalment_no,
            amount_minor,
            instalment_entry,
            debit_entry,
            happened_on,
            posting_due_at,
            settle_date,
            valid_from,
            valid_to,
            agrees,
        from staging.instalment_order_lines
    ),
    postings as (
        select
            entry_id,
            lender,
            loan_id,
            instalment_no,
            order_no,
            channel,
            amount_minor,
            posted_at,
            value_date,
            kind,
        from staging.latest_postings
    ),
    touched as (
        select entry_id
        from staging.touched_entries
    ),
    -- every order once for each line and each posting under its number, whosever it is
    together as (
        select
            debits.entry_id,
            debits.debit_entry,
            postings.entry_id as posting_entry,
            debits.instalment_entry,
            debits.amount_minor,
            greatest(
                debits.settle_date,
                debits.happened_on,
                cast(postings.posted_at as date)
            ) as matched_on,
            debits.agrees
                and postings.amount_minor = debits.amount_minor
                and postings.kind = 'repayment'
                and postings.lender = debits.lender
                and postings.channel = debits.channel
                and postings.loan_id = debits.loan_id
                and postings.instalment_no = debits.instalment_no
                and postings.value_date <= debits.happened_on
                and postings.posted_at <= debits.posting_due_at
                and debits.valid_from <= cast(postings.posted_at as date)
                and cast(postings.posted_at as date) < debits.valid_to
                as agrees,
        from debits
        left join postings on debits.order_no = postings.order_no
    ),
    alone as (
        select
            any_value(entry_id) as entry_id,
            any_value(debit_entry) as debit_entry,
            any_value(posting_entry) as posting_entry,
            instalment_entry,
            any_value(amount_minor) as amount_minor,
            any_value(matched_on) as matched_on,
        from together
        group by instalment_entry
        having count(*) = 1 and any_value(agrees)
    ),
    final as (
        select
            alone.entry_id,
            alone.debit_entry,
            alone.posting_entry,
            alone.instalment_entry,
            alone.amount_minor,
            alone.matched_on,
        from alone
        anti join touched on alone.entry_id = touched.entry_id
        anti join touched as debits on alone.debit_entry = debits.entry_id
        anti join touched as postings on alone.posting_entry = postings.entry_id
        anti join touched as instalments
            on alone.instalment_entry = instalments.entry_id
    )
select * from final
