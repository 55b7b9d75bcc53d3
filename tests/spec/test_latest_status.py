"""How a loan was seen by its lender last, and since when without a break."""

from tests.spec.harness import given


def test_a_due_date_is_held_since_the_last_status_that_did_not_hold_it() -> None:
    given(
        account_status="""
            lender  | loan_id | as_of | days_past_due | app_status
            kakadai | L1      | D-9   | 1             | overdue
            kakadai | L1      | D-8   | 0             | due
            kakadai | L1      | D-7   | 3             | overdue
            kakadai | L1      | D-6   | 0             | due
            kakadai | L1      | D-5   | 5             | overdue
            kakadai | L1      | D-4   | 6             | overdue
            kakadai | L2      | D-9   | 1             | overdue
            kakadai | L2      | D-8   | 2             | overdue
            kakadai | L2      | D-7   | 1             | overdue
            kakadai | L2      | D-6   | 2             | overdue
            kakadai | L3      | D-9   | 1             | overdue
            kakadai | L3      | D-8   | 0             | paid
            kakadai | L4      | D-9   | 1             | overdue
            kakadai | L4      | D-7   | 3             | overdue
            bobodai | L4      | D-8   | 0             | due
            bobodai | L4      | D-6   | 1             | overdue
        """,
    ).shows(
        "breaks.latest_status",
        """
        lender  | loan_id | as_of | held_since | held_due_date | is_held_late
        kakadai | L1      | D-4   | D-5        | D-10          | true
        kakadai | L2      | D-6   | D-7        | D-8           | true
        kakadai | L3      | D-8   | -          | D-8           | false
        kakadai | L4      | D-7   | D-9        | D-10          | true
        bobodai | L4      | D-6   | D-6        | D-7           | true
        """,
    )
