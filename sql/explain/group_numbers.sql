-- row: the sums of the group that the asked debit or posting belongs to
-- key: group_id
-- rank: 1
-- family: numbers
with
    subject as (
        select group_id
        from explain.subject
    ),
    groups as (
        select
            group_id,
            rule,
            debit_minor,
            posting_minor,
            difference_minor,
            last_debit_at,
            posting_due_at,
        from matching.groups
    ),
    tolerances as (
        select
            group_id,
            amount_tolerance_minor,
        from matching.order_groups
    ),
    duplicates as (
        select
            group_id,
            duplicate_minor,
        from breaks.last_debits
    ),
    final as (
        select
            groups.group_id,
            groups.rule as matched_by,
            groups.debit_minor as taken_minor,
            groups.posting_minor as booked_minor,
            groups.difference_minor,
            tolerances.amount_tolerance_minor,
            duplicates.duplicate_minor as of_which_duplicate_debits_minor,
            groups.last_debit_at,
            groups.posting_due_at,
        from groups
        semi join subject on groups.group_id = subject.group_id
        left join tolerances on groups.group_id = tolerances.group_id
        left join duplicates on groups.group_id = duplicates.group_id
    )
select * from final
