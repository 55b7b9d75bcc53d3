-- row: one listed break, its facts as one word, and the day since when they are these
-- key: break_id
-- kept: no
-- Of a break that the stored day before does not have with the same facts, they are of
-- today; without a stored day before, they are as old as the break.
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    listed as (
        select
            ratings.break_id,
            break_rows.category,
            break_rows.subject,
            break_rows.open_since,
            md5(
                concat_ws(
                    '|',
                    coalesce(cast(break_rows.ledger_amount_minor as varchar), ''),
                    coalesce(cast(break_rows.channel_amount_minor as varchar), ''),
                    coalesce(cast(break_rows.refund_minor as varchar), ''),
                    coalesce(cast(break_rows.happened_at as varchar), ''),
                    coalesce(cast(break_rows.due_date as varchar), ''),
                    coalesce(break_rows.loan_id, ''),
                    coalesce(cast(break_rows.instalment_no as varchar), ''),
                    coalesce(break_rows.order_no, ''),
                    coalesce(break_rows.cause, ''),
                    coalesce(break_rows.liable, ''),
                    coalesce(break_rows.proof, ''),
                    coalesce(break_rows.bureau_correction, ''),
                    coalesce(break_rows.collection_stage, '')
                )
            ) as facts,
        from breaks.break_rows as break_rows
        inner join breaks.ratings as ratings
            on break_rows.category = ratings.category
            and break_rows.subject = ratings.subject
        where break_rows.is_listed
    ),
    before as (
        select
            break_id,
            facts,
            facts_since,
        from breaks.stored_facts
    ),
    stored_day as (
        select is_there
        from breaks.stored_day
    ),
    final as (
        select
            listed.break_id,
            listed.category,
            listed.subject,
            listed.facts,
            case
                when before.break_id is not null then before.facts_since
                when stored_day.is_there then business_day.business_date
                else listed.open_since
            end as facts_since,
        from listed
        cross join business_day
        cross join stored_day
        left join before
            on listed.break_id = before.break_id and listed.facts = before.facts
    )
select * from final
