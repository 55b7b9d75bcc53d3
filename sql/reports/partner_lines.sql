-- row: one gone break of a matched debit or posting, and the last of the other side
-- key: break_id
-- kept: no
with
    gone as (
        select
            break_id,
            kind,
            entry_id,
        from reports.gone
    ),
    passes as (
        select
            entry_id,
            is_debit,
            group_id,
            member,
        from matching.passes
        where coalesce(verdict, 'matched') = 'matched'
    ),
    groups as (
        select
            gone.break_id,
            gone.kind,
            passes.group_id,
            passes.member as rule,
        from gone
        inner join passes on gone.entry_id = passes.entry_id
    ),
    others as (
        select
            groups.break_id,
            groups.rule,
            passes.entry_id,
        from groups
        inner join passes
            on groups.group_id = passes.group_id
            and (groups.kind = 'debit') <> passes.is_debit
    ),
    named as (
        select
            others.break_id,
            others.rule,
            others.entry_id as source_id,
            debits.happened_at as stamped_at,
            debits.channel_ref as entry_ref,
        from others
        inner join staging.debits as debits on others.entry_id = debits.entry_id
        union all
        select
            others.break_id,
            others.rule,
            others.entry_id as source_id,
            postings.posted_at as stamped_at,
            postings.posting_id as entry_ref,
        from others
        inner join staging.postings as postings on others.entry_id = postings.entry_id
    ),
    last_named as (
        select *
        from named
        qualify
            row_number() over (
                partition by break_id
                order by stamped_at desc, entry_ref desc
            ) = 1
    ),
    quiet as (
        select debit_entry as entry_id, posting_entry as source_id
        from staging.quiet_orders
        union all
        select posting_entry as entry_id, debit_entry as source_id
        from staging.quiet_orders
    ),
    final as (
        select
            gone.break_id,
            'by_order_no' as rule,
            quiet.source_id,
        from gone
        inner join quiet on gone.entry_id = quiet.entry_id
        union all
        select
            break_id,
            rule,
            source_id,
        from last_named
    )
select * from final
