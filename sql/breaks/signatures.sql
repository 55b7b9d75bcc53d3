-- row: one signature under a decision, and whether it still stands
-- key: entry_id
-- `standing`: edited, unknown_break, cleared, other_lender, facts_changed, reopened or
-- live.
-- Who signs on a day has the report of the day before in hand, at best.
with
    decisions as (
        select
            entry_id,
            lender,
            break_id,
            action,
            signed_by,
            signer,
            signed_at,
            reason,
            is_edit,
        from staging.decisions
    ),
    facts as (
        select
            break_id,
            facts_since,
        from breaks.break_facts
    ),
    ratings as (
        select
            break_id,
            category,
            subject,
            amount_in_question_minor,
            severity,
        from breaks.ratings
    ),
    break_rows as (
        select
            category,
            subject,
            lender,
        from breaks.break_rows
    ),
    before as (
        select
            break_id,
            category,
            subject,
        from breaks.stored_facts
    ),
    terms as (
        select
            lender,
            one_name_up_to_minor,
            coalesce(valid_from, date '0001-01-01') as valid_from,
            coalesce(valid_to, date '9999-12-31') as valid_to,
        from reference.materiality
    ),
    limits as (
        select
            decisions.entry_id,
            terms.one_name_up_to_minor,
        from decisions
        inner join terms
            on coalesce(terms.lender = decisions.lender, true)
            and terms.valid_from <= cast(decisions.signed_at as date)
            and cast(decisions.signed_at as date) < terms.valid_to
        qualify
            row_number() over (
                partition by decisions.entry_id
                order by terms.lender nulls last
            ) = 1
    ),
    seen as (
        select
            decisions.entry_id,
            decisions.lender,
            decisions.break_id,
            decisions.action,
            decisions.signed_by,
            decisions.signer,
            decisions.signed_at,
            decisions.reason,
            coalesce(ratings.category, before.category) as category,
            coalesce(ratings.subject, before.subject) as subject,
            ratings.amount_in_question_minor,
            -- a lender without a limit in force always needs two
            ratings.severity = 'critical'
                or coalesce(
                    ratings.amount_in_question_minor > limits.one_name_up_to_minor,
                    true
                )
                as needs_two_names,
            case
                when decisions.is_edit then 'edited'
                when ratings.break_id is null and before.break_id is null
                    then 'unknown_break'
                when facts.break_id is null then 'cleared'
                when break_rows.lender <> decisions.lender then 'other_lender'
                when cast(decisions.signed_at as date) <= facts.facts_since
                    then 'facts_changed'
                else 'live'
            end as standing,
        from decisions
        left join ratings on decisions.break_id = ratings.break_id
        left join break_rows
            on ratings.category = break_rows.category
            and ratings.subject = break_rows.subject
        left join facts on decisions.break_id = facts.break_id
        left join before on decisions.break_id = before.break_id
        left join limits on decisions.entry_id = limits.entry_id
    ),
    reopened as (
        select
            *,
            max(signed_at) filter (standing = 'live' and action = 'reopen')
                over (partition by break_id)
                as reopened_at,
        from seen
    ),
    final as (
        select
            entry_id,
            lender,
            break_id,
            category,
            subject,
            action,
            signed_by,
            signer,
            signed_at,
            reason,
            amount_in_question_minor,
            needs_two_names,
            case
                when standing = 'live'
                    and (
                        signed_at < reopened_at
                        or (signed_at = reopened_at and action <> 'reopen')
                    )
                    then 'reopened'
                else standing
            end as standing,
        from reopened
    )
select * from final
