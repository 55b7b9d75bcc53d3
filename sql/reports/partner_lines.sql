-- row: one gone break of a matched debit or posting, and the last of the other side
-- key: break_id
-- kept: no
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    gone as (
        select
            break_id,
            kind,
            entry_id,
        from reports.gone
    ),
    fresh_files as (
        select file_id
        from reports.fresh_files
    ),
    passes as (
        select
            entry_id,
            is_debit,
            group_id,
            member,
        from matching.passes
        where group_id > 0
    ),
    quiet as (
        select
            debit_entry,
            posting_entry,
        from staging.quiet_orders
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
            passes.entry_id as source_id,
        from groups
        inner join passes
            on groups.group_id = passes.group_id
            and (groups.kind = 'debit') <> passes.is_debit
        union all
        select
            gone.break_id,
            'by_order_no' as rule,
            quiet.posting_entry as source_id,
        from gone
        inner join quiet on gone.entry_id = quiet.debit_entry
        union all
        select
            gone.break_id,
            'by_order_no' as rule,
            quiet.debit_entry as source_id,
        from gone
        inner join quiet on gone.entry_id = quiet.posting_entry
    ),
    named as (
        select
            others.break_id,
            others.rule,
            others.source_id,
            debits.happened_at as stamped_at,
            debits.channel_ref as entry_ref,
        from others
        inner join staging.latest_lines as debits on others.source_id = debits.entry_id
        union all
        select
            others.break_id,
            others.rule,
            others.source_id,
            postings.posted_at as stamped_at,
            postings.posting_id as entry_ref,
        from others
        inner join staging.latest_postings as postings
            on others.source_id = postings.entry_id
    ),
    final as (
        select
            named.break_id,
            named.rule,
            named.source_id,
            fresh_files.file_id is not null
                or cast(named.stamped_at as date) = business_day.business_date
                as is_fresh,
        from named
        left join fresh_files on named.source_id // 4294967296 = fresh_files.file_id
        cross join business_day
        qualify
            row_number() over (
                partition by named.break_id
                order by is_fresh desc, named.stamped_at desc, named.entry_ref desc
            ) = 1
    )
select * from final
