"""reports.stop_collection: whom collections must leave alone, the worst stage first."""

from tests.spec.harness import given
from tests.spec.stored_day import break_id

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
            L7      | 1             | D-3
            L8      | 1             | D-3
        """,
        debit_orders="""
            order_no | loan_id | requested_at
            O1       | L1      | D-3 09:00:00
            O2       | L2      | D-3 09:00:00
            O5       | L5      | D-3 09:00:00
            O6       | L6      | D-3 09:00:00
        """,
        settlement="""
            order_no | happened_at
            O1       | D-3 09:00:05
            O2       | D-3 09:00:05
            O5       | D-3 09:00:05
            O6       | D-3 09:00:05
        """,
        account_status="""
            loan_id | as_of | days_past_due | app_status | collection_stage
            L1      | D     | 3             | overdue    | reminder
            L2      | D     | 3             | overdue    | phone
            L3      | D     | 3             | overdue    | phone
            L4      | D     | 3             | overdue    | judicial
            L5      | D     | 3             | overdue    | escalated
            L6      | D     | 3             | overdue    | legal
            L7      | D     | 3             | overdue    | legal
            L8      | D     | 3             | overdue    | escalated
        """,
    ).shows(
        RELATION,
        """
        collection_stage | loan_id | due_date | seen_on | held_since | proof
        judicial         | L4      | D-3      | D       | D          | statement_needed
        legal            | L6      | D-3      | D       | D          | proven
        legal            | L7      | D-3      | D       | D          | statement_needed
        escalated        | L5      | D-3      | D       | D          | proven
        escalated        | L8      | D-3      | D       | D          | statement_needed
        phone            | L2      | D-3      | D       | D          | proven
        phone            | L3      | D-3      | D       | D          | statement_needed
        reminder         | L1      | D-3      | D       | D          | proven
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


def test_of_one_stage_who_was_held_longest_comes_first_then_by_break() -> None:
    first, second = sorted(
        break_id("wrongly_overdue", f"instalment:{loan}:1") for loan in ("kakadai:L1", "other:L1")
    )
    given(
        instalments="""
            lender  | loan_id | instalment_no | due_date
            kakadai | L1      | 1             | D-3
            other   | L1      | 1             | D-3
            kakadai | L2      | 1             | D-3
            other   | L3      | 1             | D-3
        """,
        account_status="""
            lender  | loan_id | as_of | days_past_due | app_status | collection_stage
            kakadai | L1      | D     | 3             | overdue    | phone
            other   | L1      | D     | 3             | overdue    | phone
            kakadai | L2      | D-2   | 1             | overdue    | phone
            kakadai | L2      | D     | 3             | overdue    | phone
            other   | L3      | D-1   | 2             | overdue    | legal
        """,
    ).shows(
        RELATION,
        f"""
        collection_stage | held_since | break_id
        legal            | D-1        | {break_id("wrongly_overdue", "instalment:other:L3:1")}
        phone            | D-2        | {break_id("wrongly_overdue", "instalment:kakadai:L2:1")}
        phone            | D          | {first}
        phone            | D          | {second}
        """,
        ordered=True,
    )
