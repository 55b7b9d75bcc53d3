-- row: one debit or posting that was not free for a pair by loan and amount, and days
--   on end on which it was not
-- key: entry_id, pass, taken_on
-- kept: no
-- A posting that bears a debit's number takes it before any such pair; what comes
-- between passes 2 and 5 takes it before pairs booked after the window only.
with
    waits as (
        select
            group_id,
            stopped_on,
        from breaks.waits_over
    ),
    earlier_passes as (
        select
            entry_id,
            group_id,
            member,
        from matching.passes
        where member in ('by_split_debits', 'by_amount_across_loans')
    ),
    undone_repayments as (
        select
            channel,
            order_no,
            posted_on,
            max(undone_on) as undone_on,
        from breaks.undone_repayments
        -- one undone the same day was there at the end of none
        where posted_on < undone_on
        group by
            channel,
            order_no,
            posted_on
    ),
    final as (
        select
            debits.entry_id,
            'by_order_no' as pass,
            undone.posted_on as taken_on,
            undone.undone_on as until_day,
        from undone_repayments as undone
        inner join staging.debits as debits
            on undone.channel = debits.channel and undone.order_no = debits.order_no
        union all
        select
            earlier_passes.entry_id,
            earlier_passes.member as pass,
            greatest(groups.complete_on, waits.stopped_on) as taken_on,
            date '9999-12-31' as until_day,
        from earlier_passes
        inner join matching.groups as groups
            on earlier_passes.group_id = groups.group_id
        left join waits on earlier_passes.group_id = waits.group_id
        union all
        -- an ambiguous one is so since it is there, and takes no part in later passes;
        -- when one was so in pass 2, pairs_then asks
        select
            entry_id,
            'ambiguous' as pass,
            date '0001-01-01' as taken_on,
            date '9999-12-31' as until_day,
        from matching.ambiguous_entries
        where rule <> 'by_loan_and_amount'
    )
select * from final
