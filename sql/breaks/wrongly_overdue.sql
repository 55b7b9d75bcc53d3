-- row: one instalment treated as late although the borrower was not
-- key: entry_id
-- rank: 41
-- family: consequence
-- subject: instalment
-- zh: 误判逾期
-- severity: high
-- means: The borrower is charged, chased or reported for a lateness that is not theirs.
-- remedy: Refund the charges, correct the credit record and stop the collection.
with
    treated as (
        select
            entry_id,
            last_day_in_time,
            amount_due_minor,
            charged_minor,
            treated_since,
            status_id,
            collection_stage,
            bureau_status,
            bureau_reported_on,
        from breaks.treated_as_late
    ),
    covered as (
        select
            instalment_entry,
            covered_on,
        from breaks.covered_instalments
    ),
    late as (
        select entry_id
        from breaks.late_instalments
    ),
    explanations as (
        select instalment_id
        from breaks.explanations
        group by instalment_id
    ),
    balances as (
        select
            entry_id,
            shows_funds,
        from breaks.due_date_balances
    ),
    stretches as (
        select
            entry_id,
            -- after the last days on which it was neither in time nor explained
            coalesce(
                max(until_day) filter (
                    not is_in_time and not (is_over and is_explained)
                ),
                min(from_day)
            ) as not_at_fault_since,
        from breaks.late_stretches
        group by entry_id
    ),
    judged as (
        select
            treated.*,
            coalesce(covered.covered_on <= treated.last_day_in_time, false)
                as is_covered_in_time,
            late.entry_id is not null and explanations.instalment_id is not null
                as is_explained,
            stretches.not_at_fault_since,
            balances.shows_funds,
            coalesce(
                treated.bureau_status in ('1', '2', '3', '4', '5', '6', '7', 'B'), false
            ) as is_reported,
            coalesce(treated.collection_stage <> 'none', false) as is_chased,
        from treated
        left join covered
            on treated.entry_id = covered.instalment_entry
        left join late on treated.entry_id = late.entry_id
        left join explanations on treated.entry_id = explanations.instalment_id
        left join stretches on treated.entry_id = stretches.entry_id
        left join balances on treated.entry_id = balances.entry_id
    ),
    final as (
        select
            entry_id,
            case when is_covered_in_time then 'covered_in_time' else 'explained' end
                as cause,
            amount_due_minor as ledger_amount_minor,
            charged_minor as refund_minor,
            case
                when is_covered_in_time or shows_funds then 'proven'
                else 'statement_needed'
            end as proof,
            case
                when is_reported
                    then bureau_status || '->N '
                        || strftime(
                            coalesce(bureau_reported_on, treated_since), '%Y-%m'
                        )
                else null
            end as bureau_correction,
            is_chased as stop_collection,
            collection_stage,
            case
                when not is_covered_in_time and shows_funds is null
                    then 'Ask for a statement of the due date and, '
                        || 'if it shows the money, '
                else 'Put it right: '
            end || concat_ws(
                ', ',
                case when charged_minor > 0 then 'refund the charges' end,
                case when is_reported then 'correct the credit record' end,
                case when is_chased then 'stop the collection' end,
                'tell the borrower'
            ) || '.' as remedy,
            greatest(treated_since, not_at_fault_since) as true_since,
        from judged
        where
            is_covered_in_time
            or (is_explained and coalesce(shows_funds, true))
    )
select * from final
