-- row: one listed break that is decided, by the latest signature that completes it
-- key: break_id
-- Two different names under one action complete a decision that needs two; one name
-- completes any other.
with
    signatures as (
        select
            entry_id,
            break_id,
            action,
            signed_by,
            signer,
            signed_at,
            reason,
            needs_two_names,
        from breaks.signatures
        where standing = 'live' and action <> 'reopen'
    ),
    pairs as (
        select
            later.break_id,
            later.action,
            later.signed_by,
            later.signer,
            later.signed_at,
            later.reason,
            later.entry_id,
            later.needs_two_names,
            earlier.entry_id as first_entry_id,
            earlier.signed_by as first_signed_by,
            earlier.reason as first_reason,
        from signatures as later
        left join signatures as earlier
            on later.break_id = earlier.break_id
            and later.action = earlier.action
            and later.signer <> earlier.signer
        qualify
            row_number() over (
                partition by later.entry_id
                order by earlier.signed_at, earlier.signer
            ) = 1
    ),
    final as (
        select
            break_id,
            action,
            coalesce(first_signed_by, signed_by) as signed_by,
            case when first_entry_id is not null then signed_by end
                as second_signed_by,
            signed_at,
            concat_ws(
                '; ',
                first_reason,
                case when reason is distinct from first_reason then reason end
            ) as reason,
            entry_id,
            first_entry_id,
        from pairs
        where first_entry_id is not null or not needs_two_names
        qualify
            row_number() over (
                partition by break_id
                order by signed_at desc, signer desc
            ) = 1
    )
select * from final
