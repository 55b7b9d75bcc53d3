-- row: one piece of a sum to collect, on one day, within the bank's limits; sorted by
--   lender, loan and piece
-- key: lender, loan_id, instalment_no?, piece_no
with
    debts as (
        select
            entry_id,
            lender,
            borrower_ref,
            loan_id,
            instalment_no,
            channel,
            bank_code,
            card_no,
            amount_minor,
            per_debit_minor,
            per_day_minor,
            per_month_minor,
        from breaks.debts_to_collect
    ),
    days as (
        select
            entry_id,
            day,
            amount_minor,
        from breaks.debt_days
    ),
    breaks as (
        select
            loan_id,
            lender,
            instalment_no,
            string_agg(break_id, ';' order by break_id) as break_ids,
        from reports.breaks
        where
            category in ('debit_not_attempted', 'split_incomplete', 'over_bank_limit')
        group by
            lender,
            loan_id,
            instalment_no
    ),
    fitting as (
        select days.entry_id
        from days
        inner join debts on days.entry_id = debts.entry_id
        where debts.per_debit_minor is null or debts.per_debit_minor > 0
        group by
            days.entry_id,
            debts.amount_minor
        having sum(days.amount_minor) = debts.amount_minor
    ),
    sized as materialized (
        select
            days.entry_id,
            days.day,
            days.amount_minor,
            coalesce(debts.per_debit_minor, days.amount_minor) as piece_minor,
        from days
        inner join debts on days.entry_id = debts.entry_id
        semi join fitting on days.entry_id = fitting.entry_id
    ),
    counted as (
        select
            entry_id,
            day,
            amount_minor,
            piece_minor,
            unnest(range((amount_minor + piece_minor - 1) // piece_minor)) as place,
        from sized
    ),
    pieces as (
        select
            entry_id,
            day,
            least(piece_minor, amount_minor - place * piece_minor) as amount_minor,
            row_number() over (partition by entry_id order by day, place) as piece_no,
            count(*) over (partition by entry_id) as piece_count,
        from counted
    ),
    final as (
        select
            debts.lender,
            debts.borrower_ref,
            debts.loan_id,
            debts.instalment_no,
            pieces.piece_no,
            pieces.piece_count,
            pieces.day as collect_on,
            pieces.amount_minor,
            debts.amount_minor as whole_amount_minor,
            debts.channel,
            debts.bank_code,
            debts.card_no,
            debts.per_debit_minor as per_debit_limit_minor,
            debts.per_day_minor as per_day_limit_minor,
            debts.per_month_minor as per_month_limit_minor,
            breaks.break_ids,
        from pieces
        inner join debts on pieces.entry_id = debts.entry_id
        -- an event no longer listed asks for nothing
        inner join breaks
            on debts.lender = breaks.lender
            and debts.loan_id = breaks.loan_id
            and debts.instalment_no is not distinct from breaks.instalment_no
        order by
            debts.lender,
            debts.loan_id,
            debts.instalment_no,
            pieces.piece_no
    )
select * from final
