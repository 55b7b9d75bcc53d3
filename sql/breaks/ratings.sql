-- row: one true finding with the money it is about and the worst severity it is given
-- key: break_id
-- A rule that names a category stands in for its usual severity; one for any category
-- can only make it worse.
with
    business_day as (
        select business_date
        from reference.business_day
    ),
    rules as (
        select
            severity_rules.category,
            severity_rules.minimum_amount_minor,
            severity_rules.minimum_age_days,
            severity_rules.harm,
            severity_rules.severity,
        from reference.severity_rules
        cross join business_day
        where
            coalesce(severity_rules.valid_from <= business_day.business_date, true)
            and coalesce(business_day.business_date < severity_rules.valid_to, true)
    ),
    amounts as (
        select
            break_id,
            category,
            subject,
            difference_minor,
            amount_in_question_minor,
        from breaks.amounts_in_question
    ),
    rated as (
        select
            amounts.break_id,
            amounts.difference_minor,
            amounts.amount_in_question_minor,
            break_rows.category,
            break_rows.subject,
            break_rows.usual_severity,
            break_rows.age_days,
            break_rows.refund_minor,
            break_rows.bureau_correction,
            break_rows.stop_collection,
            break_rows.collection_stage,
        from amounts
        inner join breaks.break_rows as break_rows
            on amounts.category = break_rows.category
            and amounts.subject = break_rows.subject
    ),
    given as (
        select
            rated.break_id,
            rules.category is not null as is_of_its_category,
            rules.severity,
        from rated
        inner join rules
            on coalesce(rules.category = rated.category, true)
            and coalesce(
                rated.amount_in_question_minor >= rules.minimum_amount_minor, true
            )
            and coalesce(rated.age_days >= rules.minimum_age_days, true)
            and case rules.harm
                when 'bureau_record' then rated.bureau_correction is not null
                when 'escalated'
                    then coalesce(
                        rated.collection_stage in ('escalated', 'legal', 'judicial'),
                        false
                    )
                when 'chased' then coalesce(rated.stop_collection, false)
                when 'out_of_pocket' then coalesce(rated.refund_minor > 0, false)
                else true
            end
    ),
    candidates as (
        select break_id, severity from given
        union all
        select
            rated.break_id,
            rated.usual_severity as severity,
        from rated
        anti join given
            on rated.break_id = given.break_id and given.is_of_its_category
    ),
    worst as (
        select
            break_id,
            min_by(
                severity,
                case severity
                    when 'critical' then 1
                    when 'high' then 2
                    when 'medium' then 3
                    else 4
                end
            ) as severity,
        from candidates
        group by break_id
    ),
    final as (
        select
            rated.break_id,
            rated.category,
            rated.subject,
            rated.difference_minor,
            rated.amount_in_question_minor,
            worst.severity,
        from rated
        inner join worst on rated.break_id = worst.break_id
    )
select * from final
