"""reports.refunds: who gets back how much, and why."""

from tests.spec.harness import given

RELATION = "reports.refunds"


def test_a_debit_drawn_twice_and_charges_for_no_lateness_are_given_back_each_by_itself() -> None:
    given(
        loans="""
            loan_id | borrower_ref
            L1      | B1
        """,
        instalments="""
            instalment_no | due_date
            1             | D-3
            2             | D-3
        """,
        debit_orders="""
            order_no | instalment_no | requested_at
            O1       | 1             | D-3 09:00:00
            O2       | 1             | D-3 10:00:00
            O3       | 2             | D-3 10:00:00
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-3 09:00:05
            D2          | O2       | D-3 10:00:05
            D3          | O3       | D-3 10:00:05
        """,
        charges="""
            instalment_no | amount
            2             | 5.00
        """,
    ).shows(
        RELATION,
        """
        borrower_ref | instalment_no | amount  | returns | category        | channel_ref
        B1           | 1             | 1000.00 | debit   | duplicate_debit | D2
        B1           | 2             | 5.00    | charges | wrongly_overdue | -
        """,
        ordered=True,
    ).shows(RELATION, "proof\nproven\nproven")


def test_what_depends_on_a_statement_says_so() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
        """,
        charges="""
            amount
            5.00
        """,
    ).shows(
        RELATION,
        """
        amount | proof            | liable
        5.00   | statement_needed | undetermined
        """,
    )


def test_a_break_that_gives_nothing_back_is_not_in_the_list() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
        """,
        account_status="""
            days_past_due | app_status
            3             | overdue
        """,
    ).shows_nothing(RELATION)
