-- row: the proof for one source, channel or lender: what was read is somewhere, once
-- key: scope, name, side
with
    files as (
        select
            files.file_id,
            files.channel,
            files.lender,
            landed.source,
            landed.rejected,
            case when files.relation = 'settlement' then 'debit' else 'posting' end
                as side,
        from staging.files as files
        inner join landing.files as landed on files.file_id = landed.file_id
        where files.relation in ('settlement', 'postings')
    ),
    sums as (
        select
            file_id,
            matched_rows,
            in_transit_rows,
            open_rows,
            excluded_rows,
            matched_minor,
            in_transit_minor,
            open_minor,
            excluded_minor,
        from breaks.disposition_sums
    ),
    read_sums as (
        select
            file_id,
            read_rows,
            read_minor,
        from breaks.read_sums
    ),
    scopes as (
        select 'source' as scope, source as name, file_id, side, rejected from files
        union all
        select 'channel' as scope, channel as name, file_id, side, rejected
        from files
        where side = 'debit'
        union all
        select 'lender' as scope, lender as name, file_id, side, rejected
        from files
        where side = 'posting'
    ),
    final as (
        select
            scopes.scope,
            scopes.name,
            scopes.side,
            cast(sum(scopes.rejected) as bigint) as rejected_rows,
            cast(coalesce(sum(read_sums.read_rows), 0) as bigint) as read_rows,
            cast(coalesce(sum(sums.matched_rows), 0) as bigint) as matched_rows,
            cast(coalesce(sum(sums.in_transit_rows), 0) as bigint) as in_transit_rows,
            cast(coalesce(sum(sums.open_rows), 0) as bigint) as open_rows,
            cast(coalesce(sum(sums.excluded_rows), 0) as bigint) as excluded_rows,
            cast(coalesce(sum(read_sums.read_minor), 0) as bigint) as read_minor,
            cast(coalesce(sum(sums.matched_minor), 0) as bigint) as matched_minor,
            cast(coalesce(sum(sums.in_transit_minor), 0) as bigint) as in_transit_minor,
            cast(coalesce(sum(sums.open_minor), 0) as bigint) as open_minor,
            cast(coalesce(sum(sums.excluded_minor), 0) as bigint) as excluded_minor,
        from scopes
        left join sums on scopes.file_id = sums.file_id
        left join read_sums on scopes.file_id = read_sums.file_id
        group by
            scopes.scope,
            scopes.name,
            scopes.side
    )
select * from final
