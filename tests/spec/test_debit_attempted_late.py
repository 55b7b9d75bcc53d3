"""debit_attempted_late: the first order came on a day after the due date."""

from tests.spec.harness import given

RELATION = "breaks.debit_attempted_late"


def test_a_first_order_on_a_day_after_the_due_date_came_late() -> None:
    instalment = """
        instalment_no | due_date
        1             | D-3
    """
    orders = """
        order_no | requested_at
        O1       | {at}
    """
    given(instalments=instalment, debit_orders=orders.format(at="D-3 23:59:59")).shows_nothing(
        RELATION
    )
    given(instalments=instalment, debit_orders=orders.format(at="D-2 00:00:00")).shows(
        RELATION,
        """
        entry_id | cause                      | event_on | true_since
        L1/1     | first_order_after_due_date | D-2      | D-2
        """,
    )


def test_only_the_first_order_counts() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
            2             | D-3
        """,
        debit_orders="""
            order_no | instalment_no | requested_at | status
            O1       | 1             | D-3 09:00:00 | failed
            O2       | 1             | D-1 09:00:00 | succeeded
            O3       | 2             | D-1 09:00:00 | failed
            O4       | 2             | D 09:00:00   | succeeded
        """,
    ).shows(
        RELATION,
        """
        entry_id | event_on
        L1/2     | D-1
        """,
    )


def test_an_order_for_another_instalment_or_for_none_attempts_nothing() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
        """,
        debit_orders="""
            order_no | lender  | loan_id | instalment_no | requested_at
            O1       | kakadai | L1      | -             | D-3 09:00:00
            O2       | kakadai | L1      | 2             | D-3 09:00:00
            O3       | kakadai | L2      | 1             | D-3 09:00:00
            O4       | other   | L1      | 1             | D-3 09:00:00
            O5       | kakadai | L1      | 1             | D-1 09:00:00
        """,
    ).shows(
        RELATION,
        """
        entry_id | event_on
        L1/1     | D-1
        """,
    )


def test_an_instalment_without_orders_was_not_attempted_late() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
        """
    ).shows_nothing(RELATION)


def test_an_instalment_paid_before_the_order_was_not_attempted_late() -> None:
    instalment = """
        instalment_no | due_date
        1             | D-3
    """
    order = """
        order_no | requested_at
        O1       | D-1 09:00:00
    """
    postings = """
        posting_id | channel | amount   | posted_at
        P1         | -       | 400.00   | D-2 09:00:00
        P2         | -       | {amount} | {at}
    """
    late = """
        entry_id
        L1/1
    """
    given(
        instalments=instalment,
        debit_orders=order,
        postings=postings.format(amount="600.00", at="D-1 08:59:59"),
    ).shows_nothing(RELATION)
    given(
        instalments=instalment,
        debit_orders=order,
        postings=postings.format(amount="600.00", at="D-1 09:00:00"),
    ).shows(RELATION, late)
    given(
        instalments=instalment,
        debit_orders=order,
        postings=postings.format(amount="599.99", at="D-1 08:59:59"),
    ).shows(RELATION, late)


def test_money_posted_to_another_instalment_loan_or_lender_pays_nothing_here() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
        """,
        debit_orders="""
            order_no | requested_at
            O1       | D-1 09:00:00
        """,
        postings="""
            lender  | loan_id | instalment_no | channel | posted_at
            kakadai | L1      | 2             | -       | D-2 09:00:00
            kakadai | L1      | -             | -       | D-2 09:00:00
            kakadai | L2      | 1             | -       | D-2 09:00:00
            other   | L1      | 1             | -       | D-2 09:00:00
        """,
    ).shows(
        RELATION,
        """
        entry_id
        L1/1
        """,
    )


def test_it_stays_true_when_the_late_order_collects_the_money() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
        """,
        debit_orders="""
            order_no | requested_at
            O1       | D-1 09:00:00
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-1 09:00:05
        """,
        postings="""
            posting_id | order_no | posted_at
            P1         | O1       | D-1 12:00:00
        """,
    ).shows(
        RELATION,
        """
        entry_id
        L1/1
        """,
    )


def test_an_instalment_not_yet_due_cannot_be_attempted_late() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D+1
        """,
        debit_orders="""
            order_no | requested_at
            O1       | D 09:00:00
        """,
    ).shows_nothing(RELATION)


def test_a_closed_loan_has_no_collection_break() -> None:
    given(
        loans="""
            loan_id | status
            L1      | closed
            L2      | active
        """,
        instalments="""
            loan_id | instalment_no | due_date
            L1      | 1             | D-3
            L2      | 1             | D-3
        """,
        debit_orders="""
            loan_id | requested_at
            L1      | D-1 09:00:00
            L2      | D-1 09:00:00
        """,
    ).shows(
        RELATION,
        """
        entry_id
        L2/1
        """,
    )


def test_an_instalment_of_nothing_is_paid_from_the_start() -> None:
    given(
        instalments="""
            instalment_no | due_date | principal_due | interest_due
            1             | D-3      | 0.00          | 0.00
            2             | D-3      | 0.00          | 0.01
        """,
        debit_orders="""
            order_no | instalment_no | requested_at
            O1       | 1             | D-1 09:00:00
            O2       | 2             | D-1 09:00:00
        """,
    ).shows(
        RELATION,
        """
        entry_id
        L1/2
        """,
    )


def test_each_instalment_is_judged_by_its_own_postings() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
            2             | D-3
        """,
        debit_orders="""
            order_no | instalment_no | requested_at
            O1       | 1             | D-1 09:00:00
            O2       | 2             | D-1 09:00:00
        """,
        postings="""
            instalment_no | channel | posted_at
            1             | -       | D-2 09:00:00
        """,
    ).shows(
        RELATION,
        """
        entry_id
        L1/2
        """,
    )
