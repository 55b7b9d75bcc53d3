-- row: one debit or posting of a group of this business date, sorted by group and side
-- kept: no
-- key: match_id, side, channel?, channel_ref?, lender?, posting_id?
with
    groups as (
        select
            group_id,
            rule,
            difference_minor,
        from breaks.day_groups
    ),
    members as (
        select
            passes.entry_id,
            groups.group_id,
            groups.rule,
            groups.difference_minor,
        from matching.passes as passes
        inner join groups on passes.group_id = groups.group_id
    ),
    debits as (
        select
            members.group_id,
            members.rule,
            members.difference_minor,
            debits.channel,
            debits.channel_ref,
            debits.lender,
            debits.order_no,
            debits.loan_id,
            debits.net_minor,
            debits.happened_at,
        from members
        inner join staging.debits as debits on members.entry_id = debits.entry_id
    ),
    names as (
        select
            group_id,
            min(channel || ' ' || channel_ref) as first_debit,
        from debits
        group by group_id
    ),
    sides as (
        select
            group_id,
            rule,
            'debit' as side,
            channel,
            channel_ref,
            lender,
            cast(null as varchar) as posting_id,
            order_no,
            loan_id,
            net_minor as amount_minor,
            happened_at as at,
            difference_minor as group_difference_minor,
        from debits
        union all
        select
            members.group_id,
            members.rule,
            'posting' as side,
            postings.channel,
            cast(null as varchar) as channel_ref,
            postings.lender,
            postings.posting_id,
            postings.order_no,
            postings.loan_id,
            postings.amount_minor,
            postings.posted_at as at,
            members.difference_minor as group_difference_minor,
        from members
        inner join staging.channel_repayments as postings
            on members.entry_id = postings.entry_id
    ),
    together as (
        select
            names.first_debit,
            sides.rule,
            sides.side,
            sides.channel,
            sides.channel_ref,
            sides.lender,
            sides.posting_id,
            sides.order_no,
            sides.loan_id,
            sides.amount_minor,
            sides.at,
            sides.group_difference_minor,
        from sides
        inner join names on sides.group_id = names.group_id
        union all
        select
            quiet_matches.first_debit,
            quiet_matches.rule,
            quiet_matches.side,
            quiet_matches.channel,
            quiet_matches.channel_ref,
            quiet_matches.lender,
            quiet_matches.posting_id,
            quiet_matches.order_no,
            quiet_matches.loan_id,
            quiet_matches.amount_minor,
            quiet_matches.at,
            quiet_matches.group_difference_minor,
        from reports.quiet_matches
    ),
    final as (
        select
            substr(md5(together.rule || ' ' || together.first_debit), 1, 16)
                as match_id,
            together.rule,
            together.side,
            together.channel,
            together.channel_ref,
            together.lender,
            together.posting_id,
            together.order_no,
            together.loan_id,
            together.amount_minor,
            together.at,
            together.group_difference_minor,
        from together
        order by
            match_id,
            side,
            channel,
            channel_ref,
            lender,
            posting_id
    )
select * from final
