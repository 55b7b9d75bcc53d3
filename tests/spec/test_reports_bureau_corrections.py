"""reports.bureau_corrections: what the credit bureau was told, and what is to stand there."""

import pytest

from tests.spec.harness import given
from tests.spec.stored_day import break_id

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


def test_loans_of_one_number_and_loans_of_one_lender_are_told_apart() -> None:
    given(
        instalments="""
            lender  | loan_id | instalment_no | due_date
            kakadai | L1      | 1             | D-5
            kakadai | L2      | 1             | D-5
            kakadai | L3      | 1             | D-5
            other   | L1      | 1             | D-5
        """,
        postings="""
            lender  | loan_id | channel | posted_at    | value_date | amount
            kakadai | L1      | -       | D-6 09:00:00 | D-6        | 400.00
            kakadai | L2      | -       | D-4 09:00:00 | D-4        | 300.00
            kakadai | L3      | -       | D-4 09:00:00 | D-4        | 100.00
            other   | L1      | -       | D-3 09:00:00 | D-3        | 200.00
        """,
        account_status="""
            lender  | loan_id | days_past_due | app_status | bureau_status | bureau_reported_on
            kakadai | L1      | 5             | overdue    | 1             | D-2
            kakadai | L2      | 5             | overdue    | 1             | D-3
            kakadai | L3      | 5             | overdue    | -             | -
            other   | L1      | 5             | overdue    | 1             | D-1
        """,
    ).shows(
        RELATION,
        """
        lender  | loan_id | reported_on | overdue_amount_before | last_repaid_on | last_repayment
        kakadai | L1      | D-2         | 600.00                | D-6            | 400.00
        kakadai | L2      | D-3         | 700.00                | D-4            | 300.00
        other   | L1      | D-1         | 800.00                | D-3            | 200.00
        """,
        ordered=True,
    )


def test_a_correction_that_two_people_decided_against_is_asked_of_nobody() -> None:
    wronged = break_id("wrongly_overdue", "instalment:kakadai:L1:1")
    given(
        instalments="instalment_no | due_date\n1 | D-5",
        account_status="""
            as_of | days_past_due | app_status | bureau_status | bureau_reported_on
            D-1   | 4             | overdue    | 1             | D-2
        """,
        decisions=f"""
            break_id  | by
            {wronged} | Li Na
            {wronged} | Wang Wei
        """,
    ).shows("reports.decided", "category\nwrongly_overdue").shows_nothing(RELATION)


def test_money_posted_after_the_report_was_still_missing_when_it_was_made() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-40
            2             | D-10
        """,
        postings="""
            instalment_no | channel | posted_at    | value_date | amount
            1             | -       | D-2 09:00:00 | D-2        | 300.00
            1             | -       | D-1 09:00:00 | D-1        | 700.00
            2             | -       | D-2 09:00:00 | D-2        | 400.00
            2             | -       | D-1 09:00:00 | D-1        | 600.00
        """,
        debit_orders="""
            order_no | instalment_no | requested_at  | status
            O1       | 1             | D-39 09:00:00 | failed
            O2       | 2             | D-10 09:00:00 | failed
        """,
        account_status="""
            days_past_due | app_status | bureau_status | bureau_reported_on
            40            | overdue    | 2             | D-2
        """,
    ).shows(
        RELATION,
        """
        overdue_periods_before | overdue_amount_before | corrected_status | overdue_amount_after
        2                      | 1300.00               | 1                | 600.00
        """,
    )


def test_two_instalments_due_on_one_day_are_one_record_of_the_bureau() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-5
            2             | D-5
        """,
        account_status="""
            days_past_due | app_status | bureau_status | bureau_reported_on
            5             | overdue    | 1             | D-2
        """,
    ).shows(
        RELATION,
        """
        instalment_no | corrected_status | overdue_periods_before | overdue_amount_before
        1             | N                | 2                      | 2000.00
        """,
    )


@pytest.mark.parametrize(
    ("days_late", "letter"), [(1, "1"), (30, "1"), (31, "2"), (180, "6"), (181, "7"), (400, "7")]
)
def test_what_is_left_in_arrears_has_the_letter_of_its_days(days_late: int, letter: str) -> None:
    given(
        instalments=f"""
            instalment_no | due_date
            1             | D-{days_late + 1}
            2             | D-{days_late}
            3             | D-1
        """,
        debit_orders=f"""
            order_no | instalment_no | requested_at           | status
            O2       | 2             | D-{days_late} 09:00:00 | failed
            O3       | 3             | D-1 09:00:00           | failed
        """,
        account_status=f"""
            days_past_due   | app_status | bureau_status | bureau_reported_on
            {days_late + 1} | overdue    | 7             | D
        """,
    ).shows(RELATION, f"reported_status | corrected_status\n7 | {letter}")


def test_an_instalment_due_on_the_day_of_the_report_was_not_overdue_yet() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-30
            2             | D-2
        """,
        account_status="""
            days_past_due | app_status | bureau_status | bureau_reported_on
            30            | overdue    | 1             | D-2
        """,
    ).shows(RELATION, "overdue_periods_before | overdue_amount_before\n1 | 1000.00")


@pytest.mark.parametrize(
    ("taken_at", "letter"), [("D-3 09:00:00", "N"), ("D-2 09:00:00", "N"), ("D-1 09:00:00", "1")]
)
def test_an_instalment_that_was_late_and_then_paid_is_in_arrears_no_more(
    taken_at: str, letter: str
) -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-30
            2             | D-20
        """,
        debit_orders="""
            order_no | instalment_no | requested_at  | status    | response_code
            O2       | 2             | D-20 09:00:00 | failed    | FUNDS
            O3       | 2             | D-20 10:00:00 | succeeded | OK
        """,
        settlement=f"order_no | happened_at\nO3 | {taken_at}",
        account_status="""
            days_past_due | app_status | bureau_status | bureau_reported_on
            30            | overdue    | 1             | D-2
        """,
    ).shows(RELATION, f"reported_status | corrected_status\n1 | {letter}")


def test_a_minor_unit_that_is_missing_is_in_arrears() -> None:
    given(
        instalments="""
            instalment_no | due_date | principal_due | interest_due
            1             | D-30     | 900.00        | 100.00
            2             | D-20     | 0.00          | 0.01
        """,
        debit_orders="""
            order_no | instalment_no | requested_at  | status
            O2       | 2             | D-20 09:00:00 | failed
        """,
        account_status="""
            days_past_due | app_status | bureau_status | bureau_reported_on
            30            | overdue    | 1             | D-2
        """,
    ).shows(
        RELATION,
        """
        corrected_status | overdue_periods_before | overdue_amount_before | overdue_amount_after
        1                | 2                      | 1000.01               | 0.01
        """,
    )


def test_each_report_is_held_against_the_money_that_was_there_when_it_was_made() -> None:
    given(
        instalments=TWO_DUE,
        debit_orders="""
            order_no | instalment_no | requested_at  | status
            O2       | 2             | D-30 09:00:00 | failed
        """,
        postings="""
            instalment_no | channel | posted_at    | value_date | amount
            2             | -       | D-9 09:00:00 | D-9        | 400.00
            2             | -       | D-1 09:00:00 | D-1        | 600.00
        """,
        account_status="""
            as_of | days_past_due | app_status | bureau_status | bureau_reported_on
            D-12  | 48            | overdue    | 2             | 2026-02-25
            D     | 60            | overdue    | 2             | 2026-03-08
        """,
    ).shows(
        RELATION,
        """
        month   | overdue_periods_before | overdue_amount_before | overdue_amount_after
        2026-02 | 2                      | 2000.00               | 1000.00
        2026-03 | 1                      | 1000.00               | 0.00
        """,
    )


def test_only_the_reports_about_an_instalment_wrongly_held_late_are_corrected() -> None:
    given(
        instalments="""
            loan_id | instalment_no | due_date
            L1      | 1             | D-5
            L2      | 1             | D-5
            L3      | 1             | D-5
        """,
        debit_orders="""
            order_no | loan_id | requested_at | status
            O1       | L1      | D-5 09:00:00 | succeeded
            O2       | L2      | D-5 09:00:00 | failed
            O3       | L3      | D-5 09:00:00 | succeeded
        """,
        settlement="""
            order_no | happened_at
            O1       | D-5 09:00:05
            O3       | D-5 09:00:05
        """,
        account_status="""
            loan_id | days_past_due | app_status | bureau_status | bureau_reported_on
            L1      | 5             | overdue    | 1             | D-2
            L2      | 5             | overdue    | 2             | D-1
            L3      | 5             | overdue    | -             | -
        """,
    ).shows(RELATION, "loan_id | reported_status\nL1 | 1")


def test_a_month_is_corrected_where_it_was_reported_about_money_that_had_come() -> None:
    given(
        instalments="loan_id | instalment_no | due_date\n"
        + "\n".join(f"L{loan} | 1 | D-5" for loan in range(1, 5)),
        debit_orders="""
            order_no | loan_id | requested_at | status
            O1       | L1      | D-5 09:00:00 | succeeded
            O2       | L2      | D-5 09:00:00 | failed
            O3       | L3      | D-5 09:00:00 | succeeded
            O4       | L4      | D-5 09:00:00 | succeeded
        """,
        settlement="""
            order_no | happened_at
            O1       | D-5 09:00:05
            O3       | D-5 09:00:05
            O4       | D-5 09:00:05
        """,
        # L2 is rightly held late, what was reported of L3 is no longer, L4 is as L1
        account_status="""
            loan_id | as_of | days_past_due | app_status | bureau_status | bureau_reported_on
            L1      | D     | 5             | overdue    | 1             | D-2
            L2      | D     | 5             | overdue    | 2             | D-2
            L3      | D-1   | 4             | overdue    | 1             | D-2
            L3      | D     | 5             | overdue    | -             | -
            L4      | D     | 5             | overdue    | 3             | D-2
        """,
    ).shows("breaks.bureau_months", "loan_id | bureau_status\nL1 | 1\nL4 | 3")


def test_before_the_instalment_that_was_reported_none_counts_as_overdue() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-60
            2             | D-30
        """,
        account_status="""
            days_past_due | app_status | bureau_status | bureau_reported_on
            30            | overdue    | 1             | D-30
        """,
    ).shows(RELATION, "instalment_no | overdue_periods_before\n2 | 1")


def test_the_last_repayment_was_kept_came_by_the_end_of_the_month_and_counts_once() -> None:
    given(
        instalments="""
            loan_id | instalment_no | due_date
            L1      | 1             | 2026-01-20
            L2      | 1             | 2026-01-20
        """,
        debit_orders="""
            order_no | loan_id | requested_at
            O1       | L1      | 2026-01-19 09:00:00
            O2       | L2      | 2026-01-19 09:00:00
        """,
        settlement="""
            channel_ref | kind   | order_no | original_ref | happened_at         | amount
            D1          | debit  | O1       | -            | 2026-01-19 09:00:00 | 1000.00
            D2          | debit  | O1       | -            | 2026-01-31 23:59:59 | 0.01
            D3          | debit  | O1       | -            | 2026-02-03 10:00:00 | 50.00
            F3          | refund | O1       | D3           | 2026-02-03 11:00:00 | 50.00
            D4          | debit  | O2       | -            | 2026-01-19 10:00:00 | 1000.00
        """,
        postings="""
            order_no | loan_id | posted_at           | value_date | amount
            O1       | L1      | 2026-02-04 11:00:00 | 2026-02-04 | 1000.00
        """,
        account_status="""
            loan_id | as_of      | days_past_due | app_status | bureau_status | bureau_reported_on
            L1      | 2026-01-31 | 11            | overdue    | 1             | 2026-01-30
            L1      | D          | 48            | overdue    | 2             | 2026-02-27
            L2      | D          | 48            | overdue    | 2             | 2026-02-27
        """,
    ).shows(
        "breaks.last_repayments",
        """
        loan_id | month   | repaid_on  | amount
        L1      | 2026-01 | 2026-01-31 | 0.01
        L1      | 2026-02 | 2026-01-31 | 0.01
        L2      | 2026-02 | 2026-01-19 | 1000.00
        """,
    )
