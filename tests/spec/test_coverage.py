"""Covered: the first day on which the money that counts reaches what is due.

Every instalment is charged here: of one that nobody charges and nobody doubts, no rule asks
when it was covered.
"""

import pytest

from tests.spec.harness import Given, given

RELATION = "breaks.covered_instalments"
INSTALMENT = """
    instalment_no | due_date | principal_due | interest_due
    1             | D-5      | 900.00        | 100.00
"""
ORDER = """
    order_no | requested_at
    O1       | D-5 09:00:00
"""
COVERED_THAT_DAY = """
    instalment_entry | covered_on
    L1/1             | D-5
"""
WAITING_PAYOFF = """
    order_no | purpose    | instalment_no | amount  | requested_at
    O1       | prepayment | -             | 1500.00 | D 08:00
"""


def charged(**tables: str) -> Given:
    """The drawn tables, and a charge on each of three instalments."""
    return given(
        charges="""
            instalment_no
            1
            2
            3
        """,
        **tables,
    )


@pytest.mark.parametrize(("amount", "is_covered"), [("1000.00", True), ("999.99", False)])
def test_a_debit_of_its_order_covers_when_it_reaches_principal_and_interest(
    amount: str, is_covered: bool
) -> None:
    drawn = charged(
        instalments=INSTALMENT,
        debit_orders=ORDER,
        settlement=f"""
            order_no | happened_at  | amount
            O1       | D-5 09:00:05 | {amount}
        """,
    )
    if is_covered:
        drawn.shows(RELATION, COVERED_THAT_DAY)
    else:
        drawn.shows_nothing(RELATION)


def test_a_debit_counts_on_the_day_it_happened_not_on_its_settle_date() -> None:
    charged(
        instalments=INSTALMENT,
        debit_orders="""
            order_no | channel
            O1       | unionpay
        """,
        settlement="""
            channel  | order_no | happened_at
            unionpay | O1       | D-5 23:59:59
        """,
    ).shows(RELATION, COVERED_THAT_DAY)


def test_a_debit_that_failed_or_whose_outcome_nobody_knows_covers_nothing() -> None:
    charged(
        instalments=INSTALMENT,
        debit_orders=ORDER,
        settlement="""
            order_no | outcome
            O1       | failed
            O1       | unknown
        """,
    ).shows_nothing(RELATION)


def test_only_debits_of_the_instalments_own_orders_cover_it() -> None:
    charged(
        instalments=INSTALMENT,
        debit_orders="""
            order_no | lender  | loan_id | instalment_no | channel
            O1       | kakadai | L1      | 2             | alipay
            O2       | kakadai | L2      | 1             | alipay
            O3       | other   | L1      | 1             | alipay
            O4       | kakadai | L1      | -             | alipay
            O5       | kakadai | L1      | 1             | wechatpay
        """,
        settlement="""
            order_no
            O1
            O2
            O3
            O4
            O5
            O6
        """,
    ).shows_nothing(RELATION)


@pytest.mark.parametrize(
    ("refunded_at", "refund", "is_covered"),
    [
        ("D 23:59:59", "0.01", False),
        ("D 23:59:59", "1000.00", False),
        ("D+1 00:00:00", "1000.00", True),
    ],
)
def test_what_was_given_back_by_the_end_of_the_day_does_not_count(
    refunded_at: str, refund: str, is_covered: bool
) -> None:
    drawn = charged(
        instalments=INSTALMENT,
        debit_orders=ORDER,
        settlement=f"""
            channel_ref | order_no | kind   | original_ref | happened_at   | amount   | settle_date
            D1          | O1       | debit  | -            | D-5 09:00:05  | 1000.00  | D-5
            F1          | O1       | refund | D1           | {refunded_at} | {refund} | D
        """,
    )
    if is_covered:
        drawn.shows(RELATION, COVERED_THAT_DAY)
    else:
        drawn.shows_nothing(RELATION)


def test_several_debits_cover_on_the_day_their_sum_reaches_what_is_due() -> None:
    charged(
        instalments=INSTALMENT,
        debit_orders="""
            order_no
            O1
            O2
            O3
            O4
        """,
        settlement="""
            order_no | happened_at  | amount
            O1       | D-5 09:00:05 | 300.00
            O2       | D-4 09:00:05 | 300.00
            O3       | D-4 10:00:05 | 400.00
            O4       | D-2 10:00:05 | 400.00
        """,
    ).shows(
        RELATION,
        """
        covered_on
        D-4
        """,
    )


@pytest.mark.parametrize(("value_date", "is_covered"), [("D", True), ("D+1", False)])
def test_a_posting_outside_any_channel_counts_from_its_value_date(
    value_date: str, is_covered: bool
) -> None:
    drawn = charged(
        instalments=INSTALMENT,
        postings=f"""
            channel | posted_at    | value_date
            -       | D-3 09:00:00 | {value_date}
        """,
    )
    if is_covered:
        drawn.shows(
            RELATION,
            """
            covered_on
            D
            """,
        )
    else:
        drawn.shows_nothing(RELATION)


def test_a_posting_counts_where_it_was_booked_and_not_when_it_was_undone() -> None:
    charged(
        instalments="""
            instalment_no
            1
            2
            3
        """,
        postings="""
            posting_id | lender  | loan_id | instalment_no | channel | kind      | reverses
            P1         | kakadai | L1      | 1             | -       | repayment | -
            P2         | kakadai | L1      | 1             | -       | reversal  | P1
            P3         | kakadai | L2      | 2             | -       | repayment | -
            P4         | other   | L1      | 2             | -       | repayment | -
            P5         | kakadai | L1      | -             | -       | repayment | -
            P6         | kakadai | L1      | 3             | -       | repayment | -
        """,
    ).shows(
        RELATION,
        """
        instalment_entry
        L1/3
        """,
    )


def test_a_channel_posting_in_transit_counts_from_its_value_date() -> None:
    posting = """
        order_no | posted_at  | value_date
        O1       | D 11:00:00 | {value_date}
    """
    charged(
        instalments=INSTALMENT,
        debit_orders=ORDER,
        postings=posting.format(value_date="D-5"),
    ).shows(RELATION, COVERED_THAT_DAY)
    charged(
        instalments=INSTALMENT,
        debit_orders=ORDER,
        postings=posting.format(value_date="D+1"),
    ).shows_nothing(RELATION)


def test_a_channel_posting_whose_files_are_there_without_a_debit_does_not_count() -> None:
    charged(
        instalments=INSTALMENT,
        debit_orders=ORDER,
        postings="""
            order_no | posted_at
            O1       | D-3 11:00:00
        """,
        files="""
            file_date
            D-4
            D-3
        """,
    ).shows_nothing(RELATION)


def test_a_posting_whose_debit_was_just_given_back_does_not_count() -> None:
    charged(
        instalments=INSTALMENT,
        debit_orders=ORDER,
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at
            D1          | O1       | debit  | -            | D-5 09:00:05
            F1          | O1       | refund | D1           | D 12:00:00
        """,
        postings="""
            order_no | posted_at
            O1       | D-5 11:00:00
        """,
    ).shows_nothing(RELATION)


def test_a_payment_seen_on_both_sides_counts_once() -> None:
    charged(
        instalments=INSTALMENT,
        debit_orders=ORDER,
        settlement="""
            order_no | happened_at  | amount
            O1       | D-5 09:00:05 | 600.00
        """,
        postings="""
            order_no | posted_at    | amount
            O1       | D-5 11:00:00 | 600.00
        """,
    ).shows_nothing(RELATION)


def test_a_posting_that_waits_beside_its_debit_counts_once_too() -> None:
    charged(
        instalments=INSTALMENT,
        debit_orders=ORDER,
        settlement="""
            order_no | happened_at | amount
            O1       | D 09:00:05  | 600.00
        """,
        postings="""
            order_no | posted_at  | amount
            O1       | D 11:00:00 | 500.00
        """,
    ).shows_nothing(RELATION)


@pytest.mark.parametrize(("other_amount", "is_covered"), [("399.99", True), ("400.00", False)])
def test_a_posting_in_transit_that_may_be_one_of_several_debits_does_not_count(
    other_amount: str, is_covered: bool
) -> None:
    drawn = charged(
        instalments="""
            instalment_no | due_date | principal_due | interest_due
            1             | D-1      | 400.00        | 0.00
        """,
        debit_orders="""
            order_no | instalment_no
            O2       | 2
            O3       | 3
        """,
        settlement=f"""
            order_no | happened_at  | amount
            O2       | D-1 12:00:00 | {other_amount}
            O3       | D-1 12:00:00 | {other_amount}
        """,
        postings="""
            channel | order_no | posted_at  | value_date | amount
            -       | X9       | D 11:00:00 | D-1        | 400.00
        """,
    )
    if is_covered:
        drawn.shows(RELATION, "instalment_entry | covered_on\nL1/1 | D-1")
    else:
        drawn.shows_nothing(RELATION)


def test_debits_and_postings_outside_channels_and_in_transit_cover_together() -> None:
    postings = """
        posting_id | order_no | channel | posted_at    | value_date | amount
        P1         | -        | -       | D-4 11:00:00 | D-4        | 300.00
        P2         | O2       | alipay  | D 11:00:00   | D-3        | {amount}
    """
    orders = """
        order_no | requested_at
        O1       | D-5 09:00:00
        O2       | D 09:00:00
    """
    lines = """
        order_no | happened_at  | amount
        O1       | D-5 09:00:05 | 300.00
    """
    charged(
        instalments=INSTALMENT,
        debit_orders=orders,
        settlement=lines,
        postings=postings.format(amount="400.00"),
    ).shows(
        RELATION,
        """
        covered_on
        D-3
        """,
    )
    charged(
        instalments=INSTALMENT,
        debit_orders=orders,
        settlement=lines,
        postings=postings.format(amount="399.99"),
    ).shows_nothing(RELATION)


def test_a_debit_whose_order_names_no_instalment_counts_where_it_was_posted() -> None:
    charged(
        instalments="""
            instalment_no | due_date | principal_due | interest_due
            1             | D-5      | 900.00        | 100.00
            2             | D-2      | 400.00        | 100.00
            3             | D-1      | 400.00        | 100.00
        """,
        debit_orders="""
            order_no | purpose    | instalment_no | amount
            O1       | prepayment | -             | 1500.00
        """,
        settlement="""
            order_no | happened_at  | amount
            O1       | D-5 23:00:00 | 1500.00
        """,
        postings="""
            order_no | instalment_no | posted_at    | amount
            O1       | 1             | D-4 11:00:00 | 1000.00
            O1       | 2             | D-4 11:00:00 | 500.00
        """,
    ).shows(
        RELATION,
        """
        instalment_entry | covered_on
        L1/1             | D-5
        L1/2             | D-5
        """,
    )


def test_a_debit_whose_order_names_another_loan_counts_nowhere_it_was_posted() -> None:
    given(
        instalments="""
            lender  | loan_id | instalment_no | due_date
            kakadai | L1      | 1             | D-5
            kakadai | L2      | 1             | D-5
            other   | L1      | 1             | D-5
        """,
        debit_orders="""
            order_no | loan_id | instalment_no
            O1       | L1      | -
            O2       | L1      | -
            O3       | L1      | -
        """,
        settlement="""
            order_no | happened_at
            O1       | D-4 09:00
            O2       | D-4 09:00
            O3       | D-4 09:00
            X4       | D-4 09:00
        """,
        postings="""
            lender  | posting_id | order_no | loan_id | posted_at
            kakadai | P1         | O1       | L1      | D-4 11:00
            kakadai | P2         | O2       | L2      | D-4 11:00
            other   | P3         | O3       | L1      | D-4 11:00
            other   | P4         | X4       | L1      | D-4 11:00
        """,
    ).shows("breaks.covering_postings", "entry_id | counts_on\nP1 | D-4\nP4 | D-4")


@pytest.mark.parametrize("order", [WAITING_PAYOFF, None], ids=["a payoff", "nobody's order"])
def test_while_a_payoff_waits_its_postings_count_where_and_from_when_they_are_booked(
    order: str | None,
) -> None:
    drawn = charged(
        instalments="""
            instalment_no | due_date | principal_due | interest_due
            1             | D-1      | 900.00        | 100.00
            2             | D-1      | 400.00        | 100.00
        """,
        settlement="""
            order_no | happened_at | amount
            O1       | D 23:00     | 1500.00
        """,
        postings="""
            order_no | instalment_no | posted_at   | value_date | amount
            O1       | 1             | D 23:30     | D-1        | 1000.00
        """,
        **({"debit_orders": order} if order else {}),
    )
    drawn.shows("breaks.in_transit", "entry_id\nD1\nP1")
    drawn.shows(RELATION, "instalment_entry | covered_on\nL1/1 | D-1")


def test_only_the_payoff_among_waiting_groups_counts_by_its_postings() -> None:
    charged(
        instalments="""
            instalment_no | due_date | principal_due | interest_due
            1             | D-1      | 400.00        | 100.00
            2             | D-1      | 400.00        | 100.00
        """,
        debit_orders="""
            order_no | instalment_no
            O1       | -
            O2       | 2
        """,
        settlement="""
            order_no | happened_at | amount
            O1       | D 23:00     | 1500.00
            O2       | D 23:00     | 100.00
        """,
        postings="""
            order_no | instalment_no | posted_at | value_date | amount
            O1       | 1             | D 23:30   | D-1        | 500.00
            O2       | 2             | D 23:30   | D-1        | 500.00
        """,
    ).shows(RELATION, "instalment_entry | covered_on\nL1/1 | D-1")


def test_a_payoff_covers_no_more_than_its_debits_took_the_first_posting_first() -> None:
    given(
        instalments="instalment_no | due_date\n1 | D-5\n2 | D-5\n3 | D-5",
        debit_orders="order_no | instalment_no\nO1 | -",
        settlement="order_no | happened_at | amount\nO1 | D-4 09:00 | 1500.00",
        postings="""
            order_no | instalment_no | posted_at | amount
            O1       | 3             | D-4 12:00 | 500.00
            O1       | 1             | D-4 10:00 | 1000.00
            O1       | 2             | D-4 11:00 | 1000.00
        """,
    ).shows("breaks.covering_postings", "entry_id | amount\nP2 | 1000.00\nP3 | 500.00")


def test_of_a_split_whose_file_is_awaited_the_piece_that_no_debit_shows_counts_as_posted() -> None:
    drawn = charged(
        instalments=INSTALMENT,
        channels="cut_off | file_lag_days\n23:00 | 1",
        debit_orders="""
            order_no | instalment_no | requested_at | amount
            O1       | 1             | D 22:00    | 600.00
            O2       | 1             | D 23:30    | 400.00
        """,
        settlement="""
            order_no | happened_at | settle_date | amount
            O1       | D 22:00   | D           | 600.00
        """,
        postings="""
            order_no | instalment_no | posted_at | value_date | amount
            O1       | 1             | D 23:50 | D          | 600.00
            O2       | 1             | D 23:50 | D          | 400.00
        """,
    )
    drawn.shows("breaks.in_transit", "entry_id\nD1\nP1\nP2")
    drawn.shows("breaks.covering_postings", "entry_id\nP2")
    drawn.shows(RELATION, "instalment_entry | covered_on\nL1/1 | D")


def test_a_payoff_given_back_covers_nothing() -> None:
    charged(
        instalments=INSTALMENT,
        debit_orders=WAITING_PAYOFF,
        settlement="""
            channel_ref | order_no | kind   | original_ref | amount  | happened_at
            D1          | O1       | debit  | -            | 1500.00 | D 08:30 
            F1          | O1       | refund | D1           | 1500.00 | D 09:00
        """,
        postings="""
            order_no | posted_at | value_date
            O1       | D 08:45   | D-5
        """,
    ).shows_nothing(RELATION)


def test_nothing_due_is_covered_from_the_due_date() -> None:
    charged(
        instalments="""
            instalment_no | due_date | principal_due | interest_due
            1             | D-5      | 0.00          | 0.00
            2             | D-5      | 0.00          | 0.01
        """
    ).shows(
        RELATION,
        """
        instalment_entry | covered_on
        L1/1             | D-5
        """,
    )


def test_an_instalment_of_nothing_is_covered_once_though_money_came_for_it() -> None:
    charged(
        instalments="""
            instalment_no | due_date | principal_due | interest_due
            1             | D-5      | 0.00          | 0.00
            2             | D-5      | 0.00          | 0.01
        """,
        debit_orders="order_no | instalment_no\nO1 | 1\nO2 | 2",
        settlement="""
            order_no | happened_at  | amount
            O1       | D-4 09:00:00 | 0.01
            O2       | D-4 09:00:00 | 0.01
        """,
    ).shows(
        RELATION,
        """
        instalment_entry | covered_on
        L1/1             | D-5
        L1/2             | D-4
        """,
    )


def test_money_that_names_no_instalment_or_was_given_back_counts_towards_none() -> None:
    given(
        instalments="instalment_no\n1",
        debit_orders="""
            order_no | instalment_no
            O1       | 1
            O2       | -
            O3       | 1
        """,
        settlement="""
            channel_ref | kind   | order_no | original_ref | amount
            D1          | debit  | O1       | -            | 0.01
            D2          | debit  | O2       | -            | 0.02
            D3          | debit  | O3       | -            | 0.03
            F3          | refund | O3       | D3           | 0.03
        """,
        postings="""
            posting_id | instalment_no | channel | amount
            P1         | 1             | -       | 0.04
            P2         | -             | -       | 0.05
        """,
    ).shows("breaks.covering_money", "entry_id | amount\nD1 | 0.01\nP1 | 0.04")


def test_a_matched_posting_counts_only_where_its_order_names_no_instalment() -> None:
    given(
        instalments="instalment_no | due_date\n1 | D-5\n2 | D-5",
        debit_orders="order_no | instalment_no\nO1 | 1\nO2 | -",
        settlement="""
            order_no | happened_at
            O1       | D-4 09:00:00
            O2       | D-4 09:00:00
        """,
        # both are booked late and so looked at
        postings="""
            order_no | instalment_no | posted_at
            O1       | 1             | D 09:00:00
            O2       | 2             | D 09:00:00
        """,
    ).shows("breaks.covering_postings", "entry_id | counts_on\nP2 | D-4")


def test_of_postings_without_a_debit_only_those_in_transit_count() -> None:
    given(
        instalments="instalment_no\n1",
        debit_orders="""
            order_no | channel  | instalment_no
            O1       | unionpay | 1
            O2       | alipay   | 1
            O3       | alipay   | 2
            O4       | alipay   | 3
            O1       | alipay   | 3
        """,
        files="""
            channel  | file_date
            alipay   | D-1
            unionpay | D-1
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D 01:00:00
            D3          | O3       | D 05:00:00
            D4          | O4       | D 07:00:00
        """,
        # P1 waits for a file of its channel, P2 is open, P3 may belong to either debit
        postings="""
            posting_id | order_no | channel  | instalment_no | posted_at
            P1         | O1       | unionpay | 1             | D 06:00:00
            P2         | O2       | alipay   | 1             | D 06:00:00
            P3         | X9       | -        | 1             | D 06:00:00
            P4         | O5       | unionpay | -             | D 06:00:00
        """,
    ).shows(
        "matching.entries",
        """
        entry_id | state
        D1       | open
        D3       | ambiguous
        D4       | ambiguous
        P1       | open
        P2       | open
        P3       | ambiguous
        P4       | open
        """,
    ).shows("breaks.in_transit", "entry_id\nD1\nD3\nD4\nP1\nP3\nP4").shows(
        "breaks.covering_postings", "entry_id\nP1"
    )


def test_money_for_one_instalment_does_not_run_on_into_another() -> None:
    charged(
        instalments="instalment_no | due_date\n1 | D-5\n2 | D-5",
        debit_orders="order_no | instalment_no\nO1 | 1\nO2 | 2",
        settlement="""
            order_no | happened_at | amount
            O1       | D-4 09:00   | 600.00
            O2       | D-3 09:00   | 600.00
        """,
    ).shows_nothing(RELATION)


def test_an_instalment_is_in_doubt_when_money_a_date_or_the_ledger_says_so() -> None:
    loans = range(1, 11)
    tiny = {8, 9, 10}
    due = {loan: "0.01" if loan in tiny else "100.00" for loan in loans}
    debited, posted = {1, 3, 4, 5, 6, 7, 9}, {1, 2, 3, 4, 5, 6, 7, 10}
    given(
        instalments="loan_id | instalment_no | due_date | principal_due | interest_due\n"
        + "\n".join(f"L{loan} | 1 | D-5 | 0.00 | {due[loan]}" for loan in loans),
        debit_orders="order_no | loan_id | requested_at | amount\n"
        + "\n".join(f"O{loan} | L{loan} | D-6 09:00 | {due[loan]}" for loan in loans)
        + "\nO40 | L4 | D-4 09:00 | 1.00",
        settlement="order_no | happened_at | amount\n"
        + "\n".join(f"O{loan} | D-6 10:00 | {due[loan]}" for loan in debited)
        # more money came for L3 after its due date
        + "\nO3 | D-4 10:00 | 1.00",
        postings="order_no | loan_id | posted_at | amount\n"
        + "\n".join(f"O{loan} | L{loan} | D-6 11:00 | {due[loan]}" for loan in posted),
        account_status="""
            loan_id | days_past_due
            L5      | 5
            L6      | 4
            L7      | 0
        """,
    ).shows(
        "breaks.instalments_in_doubt",
        """
        entry_id | is_paid
        L2/1     | true
        L3/1     | true
        L4/1     | true
        L5/1     | true
        L8/1     | false
        L9/1     | false
        L10/1    | true
        """,
    )


def test_what_the_ledger_holds_of_a_loan_due_today_and_in_order_is_no_doubt() -> None:
    given(
        instalments="instalment_no | due_date\n1 | D",
        debit_orders="order_no\nO1",
        settlement="order_no\nO1",
        postings="order_no\nO1",
        account_status="days_past_due | app_status\n0 | due",
    ).shows_nothing("breaks.instalments_in_doubt")


def test_what_falls_due_today_is_doubted_and_what_falls_due_later_only_when_charged() -> None:
    given(
        instalments="instalment_no | due_date\n1 | D\n2 | D+1\n3 | D+1",
        charges="instalment_no\n3",
    ).shows("breaks.instalments_in_doubt", "entry_id | is_due\nL1/1 | true\nL1/3 | false")
