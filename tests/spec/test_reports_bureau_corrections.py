"""reports.bureau_corrections: what the credit bureau was told, and what is to stand there."""

from tests.spec.harness import given

RELATION = "reports.bureau_corrections"
TWO_DUE = """
    loan_id | instalment_no | due_date
    L1      | 1             | D-60
    L1      | 2             | D-30
"""


def test_a_report_about_money_that_came_in_time_is_corrected_to_normal() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-5
        """,
        debit_orders="""
            order_no | requested_at
            O1       | D-5 09:00:00
        """,
        settlement="""
            order_no | settle_date | happened_at
            O1       | D-5         | D-5 09:00:05
        """,
        account_status="""
            as_of | days_past_due | app_status | bureau_status | bureau_reported_on
            D     | 5             | overdue    | 1             | D-2
        """,
    ).shows(
        RELATION,
        """
        loan_id | month   | reported_on | reported_status | corrected_status | proof
        L1      | 2026-03 | D-2         | 1               | N                | proven
        """,
    ).shows(
        RELATION,
        """
        overdue_periods_before | overdue_amount_before | last_repaid_on | last_repayment
        1                      | 1000.00               | D-5            | 1000.00
        """,
    ).shows(
        RELATION,
        """
        overdue_periods_after | overdue_amount_after
        0                     | 0.00
        """,
    )


def test_each_month_reported_about_the_same_due_date_is_corrected_by_its_last_report() -> None:
    given(
        instalments=TWO_DUE,
        account_status="""
            as_of | days_past_due | app_status | bureau_status | bureau_reported_on
            D-40  | 20            | overdue    | 1             | 2026-01-28
            D-38  | 22            | overdue    | 1             | 2026-01-30
            D-12  | 48            | overdue    | 2             | 2026-02-25
            D     | 60            | overdue    | 2             | 2026-02-25
        """,
        debit_orders="""
            order_no | instalment_no | requested_at  | status
            O1       | 1             | D-58 09:00:00 | failed
            O2       | 2             | D-30 09:00:00 | failed
        """,
    ).shows(
        RELATION,
        """
        month   | reported_on | reported_status | corrected_status
        2026-01 | 2026-01-30  | 1               | N
        2026-02 | 2026-02-25  | 2               | 1
        """,
        ordered=True,
    ).shows(
        RELATION,
        """
        month   | overdue_periods_before | overdue_amount_before | overdue_periods_after
        2026-01 | 1                      | 1000.00               | 0
        2026-02 | 2                      | 2000.00               | 1
        """,
    ).shows(
        RELATION,
        """
        month   | overdue_amount_after
        2026-01 | 0.00
        2026-02 | 1000.00
        """,
    )


def test_a_report_about_another_due_date_or_of_no_lateness_is_left_alone() -> None:
    given(
        instalments=TWO_DUE,
        account_status="""
            as_of | days_past_due | app_status | bureau_status | bureau_reported_on
            D-40  | 10            | overdue    | 1             | 2026-01-28
            D-12  | 48            | overdue    | N             | 2026-02-25
            D     | 60            | overdue    | 2             | 2026-03-05
        """,
        postings="""
            instalment_no | order_no | channel | value_date | posted_at
            2             | -        | -       | D-30       | D-30 09:00:00
        """,
    ).shows(
        RELATION,
        """
        month   | reported_status | corrected_status
        2026-03 | 2               | N
        """,
    )


def test_a_ledger_that_had_the_money_posted_does_not_tell_what_it_held_overdue() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-5
        """,
        postings="""
            channel | posted_at    | value_date
            -       | D-5 09:00:00 | D-5
        """,
        account_status="""
            as_of | days_past_due | app_status | bureau_status | bureau_reported_on
            D     | 5             | overdue    | 1             | D-2
        """,
    ).shows(
        RELATION,
        """
        overdue_periods_before | overdue_amount_before | last_repaid_on | last_repayment
        1                      | -                     | D-5            | 1000.00
        """,
    )


def test_the_last_repayment_is_that_of_the_month_reported() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | 2026-02-20
        """,
        debit_orders="""
            order_no | requested_at
            O1       | 2026-02-19 09:00:00
        """,
        settlement="""
            channel_ref | order_no | settle_date | happened_at         | amount
            D1          | O1       | 2026-02-19  | 2026-02-19 09:00:05 | 400.00
            D2          | O1       | 2026-02-20  | 2026-02-20 09:00:05 | 500.00
            D3          | O1       | 2026-02-20  | 2026-02-20 10:00:05 | 100.00
            D4          | O1       | 2026-03-01  | 2026-03-01 09:00:05 | 50.00
        """,
        account_status="""
            as_of | days_past_due | app_status | bureau_status | bureau_reported_on
            D     | 17            | overdue    | 1             | 2026-02-25
        """,
    ).shows(
        RELATION,
        """
        month   | last_repaid_on | last_repayment
        2026-02 | 2026-02-20     | 600.00
        """,
    )
