"""split_incomplete: the pieces of one day could never pay the instalment in full."""

import pytest

from tests.spec.harness import given

RELATION = "breaks.split_incomplete"


def test_pieces_of_one_day_must_add_up_to_what_is_due() -> None:
    given(
        instalments="""
            instalment_no | principal_due | interest_due
            1             | 900.00        | 100.00
            2             | 900.00        | 100.00
            3             | 900.00        | 100.00
        """,
        debit_orders="""
            order_no | instalment_no | amount
            O1       | 1             | 500.00
            O2       | 1             | 500.00
            O3       | 2             | 500.00
            O4       | 2             | 499.99
            O5       | 3             | 500.00
            O6       | 3             | 500.01
        """,
    ).shows(
        RELATION,
        """
        entry_id | cause                | ledger_amount | channel_amount | true_since
        L1/2     | pieces_do_not_add_up | 1000.00       | 999.99         | D
        L1/3     | pieces_do_not_add_up | 1000.00       | 1000.01        | D
        """,
    )


def test_one_piece_alone_is_no_split() -> None:
    given(
        instalments="""
            instalment_no
            1
        """,
        debit_orders="""
            order_no | amount
            O1       | 500.00
        """,
    ).shows_nothing(RELATION)


def test_orders_not_smaller_than_what_is_due_are_no_pieces() -> None:
    given(
        instalments="""
            instalment_no
            1
            2
        """,
        debit_orders="""
            order_no | instalment_no | amount
            O1       | 1             | 1000.00
            O2       | 1             | 500.00
            O3       | 2             | 999.99
            O4       | 2             | 500.00
        """,
    ).shows(
        RELATION,
        """
        entry_id
        L1/2
        """,
    )


def test_pieces_of_different_days_are_not_one_split() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
            2             | D-3
        """,
        debit_orders="""
            order_no | instalment_no | amount | requested_at
            O1       | 1             | 500.00 | D-3 23:59:59
            O2       | 1             | 499.99 | D-2 00:00:00
            O3       | 2             | 500.00 | D-2 00:00:00
            O4       | 2             | 499.99 | D-2 23:59:59
        """,
    ).shows(
        RELATION,
        """
        entry_id | true_since
        L1/2     | D-2
        """,
    )


def test_the_first_incomplete_day_tells() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
        """,
        debit_orders="""
            order_no | amount | requested_at
            O1       | 500.00 | D-3 09:00:00
            O2       | 500.00 | D-3 09:00:01
            O3       | 500.00 | D-2 09:00:00
            O4       | 400.00 | D-2 09:00:01
            O5       | 300.00 | D-1 09:00:00
            O6       | 400.00 | D-1 09:00:01
        """,
    ).shows(
        RELATION,
        """
        entry_id | channel_amount | true_since
        L1/1     | 900.00         | D-2
        """,
    )


@pytest.mark.parametrize("status", ["succeeded", "unknown"])
def test_a_failed_piece_and_its_repetition_count_once_any_other_pair_twice(status: str) -> None:
    given(
        instalments="""
            instalment_no
            1
            2
            3
        """,
        debit_orders=f"""
            order_no | instalment_no | amount | requested_at | status
            O1       | 1             | 600.00 | D 09:00:00   | failed
            O2       | 1             | 400.00 | D 09:00:01   | succeeded
            O3       | 1             | 600.00 | D 10:00:00   | failed
            O4       | 1             | 600.00 | D 11:00:00   | {status}
            O5       | 2             | 600.00 | D 09:00:00   | {status}
            O6       | 2             | 400.00 | D 09:00:01   | succeeded
            O7       | 2             | 600.00 | D 10:00:00   | failed
            O8       | 3             | 600.00 | D 09:00:00   | failed
            O9       | 3             | 400.00 | D 09:00:01   | succeeded
            O10      | 3             | 600.01 | D 10:00:00   | {status}
        """,
    ).shows(
        RELATION,
        """
        entry_id | channel_amount
        L1/2     | 1600.00
        L1/3     | 1600.01
        """,
    )


def test_one_failed_piece_and_its_repetition_alone_are_no_split() -> None:
    given(
        instalments="""
            instalment_no
            1
        """,
        debit_orders="""
            order_no | amount | requested_at | status
            O1       | 600.00 | D 09:00:00   | failed
            O2       | 600.00 | D 10:00:00   | succeeded
        """,
    ).shows_nothing(RELATION)


def test_of_two_orders_of_one_second_the_one_with_the_lower_number_came_first() -> None:
    given(
        instalments="""
            instalment_no
            1
        """,
        debit_orders="""
            order_no | amount | requested_at | status
            O2       | 500.00 | D 09:00:00   | succeeded
            O1       | 500.00 | D 09:00:00   | failed
        """,
    ).shows_nothing(RELATION)


def test_an_order_of_zero_is_a_broken_split_by_itself() -> None:
    given(
        instalments="""
            instalment_no
            1
        """,
        debit_orders="""
            order_no | amount
            O1       | 0.00
        """,
    ).shows(
        RELATION,
        """
        entry_id | cause      | channel_amount
        L1/1     | zero_piece | 0.00
        """,
    )


def test_pieces_that_add_up_beside_an_order_of_zero_are_a_broken_split() -> None:
    given(
        instalments="""
            instalment_no
            1
        """,
        debit_orders="""
            order_no | amount | status
            O1       | 500.00 | failed
            O2       | 500.00 | succeeded
            O3       | 500.00 | succeeded
            O4       | 0.00   | failed
            O5       | 0.00   | failed
        """,
    ).shows(
        RELATION,
        """
        entry_id | cause
        L1/1     | zero_piece
        """,
    )


def test_an_instalment_that_is_paid_has_no_incomplete_split() -> None:
    orders = """
        order_no | amount
        O1       | 500.00
        O2       | 400.00
    """
    postings = """
        posting_id | channel | amount
        P1         | alipay  | 900.00
        P2         | -       | {amount}
    """
    instalment = """
        instalment_no
        1
    """
    given(
        instalments=instalment,
        debit_orders=orders,
        postings=postings.format(amount="100.00"),
    ).shows_nothing(RELATION)
    given(
        instalments=instalment,
        debit_orders=orders,
        postings=postings.format(amount="99.99"),
    ).shows(
        RELATION,
        """
        entry_id
        L1/1
        """,
    )


def test_a_split_ordered_before_the_due_date_is_wrong_since_the_due_date() -> None:
    orders = """
        order_no | amount | requested_at
        O1       | 500.00 | D-5 09:00:00
        O2       | 400.00 | D-5 09:00:01
    """
    given(
        instalments="""
            instalment_no | due_date
            1             | D-2
        """,
        debit_orders=orders,
    ).shows(
        RELATION,
        """
        entry_id | true_since
        L1/1     | D-2
        """,
    )
    given(
        instalments="""
            instalment_no | due_date
            1             | D+1
        """,
        debit_orders=orders,
    ).shows_nothing(RELATION)


def test_orders_of_another_instalment_loan_or_lender_are_no_pieces_of_this_one() -> None:
    given(
        instalments="""
            instalment_no
            1
        """,
        debit_orders="""
            order_no | lender  | loan_id | instalment_no | amount
            O1       | kakadai | L1      | 1             | 500.00
            O2       | kakadai | L1      | 2             | 400.00
            O3       | kakadai | L2      | 1             | 400.00
            O4       | kakadai | L1      | -             | 400.00
            O5       | other   | L1      | 1             | 400.00
        """,
    ).shows_nothing(RELATION)


def test_pieces_through_several_channels_are_one_split() -> None:
    given(
        instalments="""
            instalment_no
            1
        """,
        debit_orders="""
            order_no | channel   | amount
            O1       | alipay    | 500.00
            O2       | wechatpay | 500.00
        """,
    ).shows_nothing(RELATION)


def test_a_closed_loan_has_no_collection_break() -> None:
    given(
        loans="""
            loan_id | status
            L1      | closed
        """,
        instalments="""
            instalment_no
            1
        """,
        debit_orders="""
            order_no | amount
            O1       | 500.00
            O2       | 400.00
        """,
    ).shows_nothing(RELATION)


def test_a_repetition_is_one_of_the_same_day_and_of_a_piece_before_it() -> None:
    given(
        instalments="instalment_no\n1\n2",
        debit_orders="""
            order_no | instalment_no | amount | status    | requested_at
            O1       | 1             | 500.00 | failed    | D-1 09:00:00
            O2       | 1             | 500.00 | succeeded | D 09:00:00
            O3       | 1             | 400.00 | succeeded | D 09:00:00
            O4       | 2             | 500.00 | succeeded | D 09:00:00
            O5       | 2             | 500.00 | failed    | D 09:00:00
            O6       | 2             | 100.00 | succeeded | D 09:00:00
        """,
    ).shows(RELATION, "entry_id | channel_amount\nL1/1 | 900.00\nL1/2 | 1100.00")
