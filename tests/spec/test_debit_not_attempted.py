"""debit_not_attempted: the instalment fell due and nobody tried to collect it."""

from tests.spec.harness import given

RELATION = "breaks.debit_not_attempted"


def test_an_instalment_due_today_without_any_order_was_not_attempted() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D
        """
    ).shows(
        RELATION,
        """
        entry_id | cause          | true_since
        L1/1     | no_debit_order | D
        """,
    )


def test_an_instalment_due_tomorrow_need_not_have_been_attempted() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D+1
        """
    ).shows_nothing(RELATION)


def test_the_break_stands_since_the_due_date() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-7
        """
    ).shows(
        RELATION,
        """
        entry_id | true_since
        L1/1     | D-7
        """,
    )


def test_an_order_for_the_instalment_is_an_attempt_whatever_came_of_it() -> None:
    given(
        instalments="""
            instalment_no
            1
            2
            3
        """,
        debit_orders="""
            order_no | instalment_no | status
            O1       | 1             | failed
            O2       | 2             | unknown
        """,
    ).shows(
        RELATION,
        """
        entry_id
        L1/3
        """,
    )


def test_an_order_requested_after_the_as_of_instant_is_no_attempt_yet() -> None:
    orders = """
        order_no | requested_at
        O1       | {at}
    """
    instalment = """
        instalment_no
        1
    """
    given(instalments=instalment, debit_orders=orders.format(at="D 23:59:59")).shows_nothing(
        RELATION
    )
    given(instalments=instalment, debit_orders=orders.format(at="D+1 00:00:00")).shows(
        RELATION,
        """
        entry_id
        L1/1
        """,
    )


def test_an_order_that_names_no_instalment_another_loan_or_another_lender_is_no_attempt() -> None:
    given(
        instalments="""
            instalment_no
            1
        """,
        debit_orders="""
            order_no | lender  | loan_id | instalment_no
            O1       | kakadai | L1      | -
            O2       | kakadai | L2      | 1
            O3       | other   | L1      | 1
        """,
    ).shows(
        RELATION,
        """
        entry_id
        L1/1
        """,
    )


def test_an_instalment_paid_without_a_channel_needs_no_attempt() -> None:
    postings = """
        posting_id | channel | amount
        P1         | -       | {amount}
    """
    instalment = """
        instalment_no | principal_due | interest_due
        1             | 900.00        | 100.00
    """
    given(instalments=instalment, postings=postings.format(amount="1000.00")).shows_nothing(
        RELATION
    )
    given(instalments=instalment, postings=postings.format(amount="999.99")).shows(
        RELATION,
        """
        entry_id
        L1/1
        """,
    )


def test_several_postings_pay_together_and_an_undone_one_pays_nothing() -> None:
    given(
        instalments="""
            instalment_no
            1
            2
        """,
        postings="""
            posting_id | instalment_no | channel | amount  | kind      | reverses
            P1         | 1             | -       | 400.00  | repayment | -
            P2         | 1             | alipay  | 600.00  | repayment | -
            P3         | 2             | -       | 1000.00 | repayment | -
            P4         | 2             | -       | 1000.00 | reversal  | P3
        """,
    ).shows(
        RELATION,
        """
        entry_id
        L1/2
        """,
    )


def test_a_closed_loan_has_no_collection_break() -> None:
    given(
        loans="""
            loan_id | status
            L1      | closed
            L2      | locked
            L3      | active
        """,
        instalments="""
            loan_id | instalment_no
            L1      | 1
            L2      | 1
            L3      | 1
        """,
    ).shows(
        RELATION,
        """
        entry_id
        L2/1
        L3/1
        """,
    )


def test_a_charge_makes_no_attempt_due_on_an_instalment_paid_or_not_yet_due() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D
            2             | D+1
            3             | D
        """,
        postings="""
            instalment_no | channel
            1             | -
        """,
        charges="""
            instalment_no
            1
            2
            3
        """,
    ).shows(
        RELATION,
        """
        entry_id
        L1/3
        """,
    )
