"""reports.stop_collection: whom collections must leave alone, the worst stage first."""

from tests.spec.harness import given

RELATION = "reports.stop_collection"


def test_the_worst_stage_comes_first_then_what_is_proven() -> None:
    given(
        instalments="""
            loan_id | instalment_no | due_date
            L1      | 1             | D-3
            L2      | 1             | D-3
            L3      | 1             | D-3
            L4      | 1             | D-3
            L5      | 1             | D-3
            L6      | 1             | D-3
        """,
        debit_orders="""
            order_no | loan_id | requested_at
            O2       | L2      | D-3 09:00:00
        """,
        settlement="""
            order_no | happened_at
            O2       | D-3 09:00:05
        """,
        account_status="""
            loan_id | as_of | days_past_due | app_status | collection_stage
            L1      | D     | 3             | overdue    | reminder
            L2      | D     | 3             | overdue    | phone
            L3      | D     | 3             | overdue    | phone
            L4      | D     | 3             | overdue    | judicial
            L5      | D     | 3             | overdue    | escalated
            L6      | D     | 3             | overdue    | legal
        """,
    ).shows(
        RELATION,
        """
        collection_stage | loan_id | due_date | seen_on | held_since | proof
        judicial         | L4      | D-3      | D       | D          | statement_needed
        legal            | L6      | D-3      | D       | D          | statement_needed
        escalated        | L5      | D-3      | D       | D          | statement_needed
        phone            | L2      | D-3      | D       | D          | proven
        phone            | L3      | D-3      | D       | D          | statement_needed
        reminder         | L1      | D-3      | D       | D          | statement_needed
        """,
        ordered=True,
    )


def test_a_loan_that_nobody_chases_is_not_in_the_list() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
        """,
        charges="""
            amount
            5.00
        """,
        account_status="""
            days_past_due | app_status
            3             | overdue
        """,
    ).shows_nothing(RELATION)
