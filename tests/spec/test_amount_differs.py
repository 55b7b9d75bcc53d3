"""Contract 6.2: what was booked under an order_no is not what was taken."""

import pytest

from tests.spec.harness import given

RELATION = "breaks.amount_differs"


def test_sums_that_differ_are_told_at_the_first_debit_of_the_group() -> None:
    given(
        settlement="""
            channel_ref | order_no | amount  | happened_at
            D2          | O1       | 1000.00 | D-1 10:00:00
            D1          | O1       |  500.00 | D-1 10:00:01
            D4          | O2       |  500.00 | D-1 10:00:00
            D3          | O2       | 1000.00 | D-1 10:00:00
            D5          | O3       |  700.00 | D-1 10:00:00
        """,
        postings="""
            posting_id | order_no | amount  | posted_at
            P1         | O1       | 1499.99 | D-1 11:00
            P3         | O2       | 1000.01 | D-1 11:00
            P4         | O2       |  500.00 | D-1 11:00
            P5         | O3       |  700.00 | D-1 11:00
        """,
    ).shows(
        RELATION,
        """
            entry_id | cause                  | ledger_amount | channel_amount | true_since
            D2       | booked_less_than_taken | 1499.99       | 1500.00        | D
            D3       | booked_more_than_taken | 1500.01       | 1500.00        | D
        """,
    )


def test_a_difference_within_the_tolerance_is_none() -> None:
    given(
        channels="channel | amount_tolerance\nalipay | 0.50",
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-1 10:00
            D2          | O2       | D-1 10:00
        """,
        postings="""
            posting_id | order_no | amount
            P1         | O1       | 1000.50
            P2         | O2       | 1000.51
        """,
    ).shows(RELATION, "entry_id\nD2")


def test_a_difference_is_judged_once_the_window_after_the_last_debit_has_passed() -> None:
    given(
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D 00:00:00
            D2          | O2       | D 00:00:01
        """,
        postings="""
            posting_id | order_no | amount
            P1         | O1       | 999.00
            P2         | O2       | 999.00
        """,
    ).shows(RELATION, "entry_id | true_since\nD1 | D")


def test_a_difference_is_known_once_the_settlement_file_is_there() -> None:
    given(
        channels="channel | posting_window_hours\nalipay | 1",
        settlement="""
            channel_ref | order_no | happened_at   | settle_date
            D1          | O1       | D-2 22:59:59  | D-2
            D2          | O2       | D-2 22:59:59  | D-1
            D3          | O3       | D-2 23:00:01  | D-2
        """,
        postings="""
            posting_id | order_no | amount | posted_at
            P1         | O1       | 999.00 | D-2 11:00
            P2         | O2       | 999.00 | D-2 11:00
            P3         | O3       | 999.00 | D-2 11:00
        """,
    ).shows(RELATION, "entry_id | true_since\nD1 | D-2\nD2 | D-1\nD3 | D-1")


def test_a_posting_booked_twice_explains_a_difference_of_its_amount_only() -> None:
    given(
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-1 10:00
            D2          | O2       | D-1 10:00
            D3          | O3       | D-1 10:00
        """,
        postings="""
            posting_id | order_no | amount
            P1         | O1       | 1000.00
            P2         | O1       | 1000.00
            P3         | O2       | 1000.00
            P4         | O2       | 1000.01
            P5         | O3       | 1000.00
            P6         | O3       |    0.01
        """,
    ).shows(
        RELATION,
        """
            entry_id | ledger_amount
            D2       | 2000.01
            D3       | 1000.01
        """,
    )


def test_a_duplicate_debit_explains_a_difference_of_its_amount_only() -> None:
    given(
        instalments="""
            loan_id | instalment_no
            L1      | 1
            L2      | 1
        """,
        debit_orders="""
            order_no | loan_id
            O1       | L1
            O2       | L2
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-1 10:00
            D2          | O1       | D-1 10:01
            D3          | O2       | D-1 10:00
            D4          | O2       | D-1 10:01
        """,
        postings="""
            posting_id | order_no | loan_id | amount
            P1         | O1       | L1      | 1000.00
            P2         | O2       | L2      |  999.99
        """,
    ).shows(RELATION, "entry_id | ledger_amount | channel_amount\nD3 | 999.99 | 2000.00")


def test_of_a_duplicate_debit_booked_twice_the_second_posting_says_all() -> None:
    drawn = given(
        instalments="loan_id | instalment_no\nL1 | 1",
        debit_orders="order_no\nO1\nO2",
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-2 10:00
            D2          | O2       | D-2 11:00
        """,
        postings="""
            posting_id | order_no | posted_at
            P1         | O1       | D-2 12:00
            P2         | O2       | D-2 12:00
            P3         | O2       | D-2 13:00
        """,
    )
    drawn.shows("breaks.duplicate_debit", "entry_id\nD2")
    drawn.shows("breaks.duplicate_posting", "entry_id\nP3")
    drawn.shows_nothing(RELATION)


def test_a_split_booked_twice_as_a_whole_differs_in_amount() -> None:
    given(
        instalments="instalment_no\n1",
        debit_orders="""
            order_no | amount | requested_at
            O1       | 600.00 | D-1 09:00
            O2       | 400.00 | D-1 09:00
        """,
        settlement="""
            channel_ref | order_no | amount | happened_at
            D1          | O1       | 600.00 | D-1 10:00
            D2          | O2       | 400.00 | D-1 10:01
        """,
        postings="""
            posting_id | order_no | amount
            P1         | O1       | 1000.00
            P2         | O2       | 1000.00
        """,
    ).shows(
        RELATION, "entry_id | ledger_amount | channel_amount\nD1 | 2000.00 | 1000.00"
    ).shows_nothing("breaks.duplicate_posting")


@pytest.mark.parametrize(
    ("second", "third", "found"),
    [
        # taken too often by what was not booked: the second posting of O1 says nothing more
        ("500.00", "500.00", None),
        # booked twice, and still too little
        ("700.00", None, "D1 | 1000.00 | 1200.00"),
    ],
)
def test_each_kind_of_duplicate_may_say_why_by_itself(
    second: str, third: str | None, found: str | None
) -> None:
    drawn = given(
        instalments=f"""
            instalment_no | principal_due                  | interest_due
            1             | {500 + float(second):.2f}      | 0.00
        """,
        debit_orders=f"""
            order_no | amount    | requested_at
            O1       | 500.00    | D-2 09:00
            O2       | {second}  | D-2 09:00
        """,
        settlement=f"""
            channel_ref | order_no | amount    | happened_at
            D1          | O1       | 500.00    | D-2 10:00
            D2          | O2       | {second}  | D-2 10:01
        """
        + (f"D3 | O2 | {third} | D-2 10:02" if third else ""),
        postings="""
            posting_id | order_no | amount | posted_at
            P1         | O1       | 500.00 | D-2 12:00
            P2         | O1       | 500.00 | D-2 12:01
        """,
    )
    drawn.shows("breaks.duplicate_posting", "entry_id\nP2")
    if found:
        drawn.shows(RELATION, f"entry_id | ledger_amount | channel_amount\n{found}")
    else:
        drawn.shows("breaks.duplicate_debit", "entry_id\nD3").shows_nothing(RELATION)


def test_only_pass_1_compares_sums() -> None:
    given(
        debit_orders="order_no\nO1",
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D-1 10:00",
        postings="posting_id | amount\nP1 | 999.99",
    ).shows_nothing(RELATION)


def test_only_duplicates_of_the_group_itself_explain_its_difference() -> None:
    given(
        instalments="""
            loan_id | instalment_no
            L1      | 1
            L2      | 1
        """,
        debit_orders="""
            order_no | loan_id | amount
            O1       | L1      | 1000.00
            O4       | L4      | 2000.00
        """,
        settlement="""
            channel_ref | order_no | amount  | happened_at
            D1          | O1       | 1000.00 | D-1 10:00
            D2          | O1       | 1000.00 | D-1 10:01
            D3          | O3       | 1000.00 | D-1 10:00
            D4          | O4       | 2000.00 | D-1 10:00
            D5          | O5       | 1000.00 | D-1 10:00
        """,
        postings="""
            posting_id | order_no | amount  | posted_at
            P1         | O1       | 1000.00 | D-1 11:00
            P3         | O3       | 1000.00 | D-1 11:00
            P4         | O3       | 1000.00 | D-1 11:00
            P5         | O4       | 1000.00 | D-1 11:00
            P6         | O5       | 2000.00 | D-1 11:00
        """,
    ).shows(
        RELATION,
        """
            entry_id | ledger_amount | channel_amount
            D4       | 1000.00       | 2000.00
            D5       | 2000.00       | 1000.00
        """,
    )


def test_a_duplicate_debit_that_was_booked_too_leaves_no_difference() -> None:
    given(
        instalments="instalment_no\n1",
        debit_orders="order_no\nO1",
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-1 10:00
            D2          | O1       | D-1 10:01
        """,
        postings="""
            posting_id | order_no | posted_at
            P1         | O1       | D-1 11:00
            P2         | O1       | D-1 11:01
        """,
    ).shows("breaks.duplicate_debit", "entry_id\nD2").shows_nothing(RELATION)


def test_the_tolerance_is_that_of_the_groups_channel() -> None:
    given(
        channels="""
            channel  | amount_tolerance
            alipay   | 0.00
            unionpay | 0.50
        """,
        settlement="""
            channel_ref | channel  | order_no | happened_at
            D1          | alipay   | O1       | D-1 10:00
            D2          | unionpay | O2       | D-1 10:00
        """,
        postings="""
            posting_id | channel  | order_no | amount
            P1         | alipay   | O1       | 1000.01
            P2         | unionpay | O2       | 1000.50
        """,
    ).shows(RELATION, "entry_id\nD1")


def test_what_duplicates_leave_unexplained_is_held_against_the_tolerance() -> None:
    given(
        channels="""
            channel  | amount_tolerance
            alipay   | 0.00
            unionpay | 0.50
        """,
        instalments="loan_id | instalment_no\nL1 | 1\nL2 | 1",
        debit_orders="""
            order_no | loan_id | channel
            O1       | L1      | unionpay
            O2       | L2      | unionpay
        """,
        settlement="""
            channel_ref | channel  | order_no | happened_at
            D1          | unionpay | O1       | D-1 10:00
            D2          | unionpay | O1       | D-1 10:01
            D3          | unionpay | O2       | D-1 10:00
            D4          | unionpay | O2       | D-1 10:01
            D5          | alipay   | O5       | D-1 10:00
        """,
        postings="""
            posting_id | channel  | order_no | loan_id | amount
            P1         | unionpay | O1       | L1      | 1000.50
            P2         | unionpay | O2       | L2      | 1000.51
            P5         | alipay   | O5       | L5      |  999.99
        """,
    ).shows(RELATION, "entry_id\nD3\nD5")
