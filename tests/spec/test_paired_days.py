"""Which debit and which posting passes 2 and 5 paired, day by day (contract 6.1, 6.3)."""

import pytest

from tests.spec.harness import given

RELATION = "breaks.paired_days"
ORDERS = """
    order_no | instalment_no
    O1       | 1
    O2       | 2
"""
ORDERS_OF_A_SUM = """
    order_no | instalment_no
    O1       | 1
    O2       | 2
    O3       | 2
"""


def test_two_of_two_were_paired_until_a_debit_was_given_back() -> None:
    # P1 names the instalment of D2 and is nearer to it; alone with both, it is of D2
    given(
        debit_orders=ORDERS,
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at
            D1          | O1       | debit  | -            | D-4 10:00
            D2          | O2       | debit  | -            | D-4 15:00
            R2          | -        | refund | D2           | D-2 10:00
        """,
        postings="""
            posting_id | order_no | instalment_no | posted_at
            P1         | -        | 2             | D-3 09:00
            P2         | -        | 2             | D-3 09:30
        """,
    ).shows(
        RELATION,
        """
        debit_id | posting_id | from_day | until_day
        D1       | P1         | D-3      | -
        D2       | P2         | D-3      | D-2
        """,
    )


def test_while_two_would_have_done_as_well_nobody_was_paired_in_the_window_or_after() -> None:
    # D0 came too early for P1, but P1 was in doubt; and so was D1 when P2 came for D0
    given(
        debit_orders=ORDERS,
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at
            D0          | O1       | debit  | -            | D-6 09:00
            D1          | O1       | debit  | -            | D-4 09:00
            D2          | O2       | debit  | -            | D-4 11:00
            R2          | -        | refund | D2           | D-1 10:00
        """,
        postings="""
            posting_id | order_no | instalment_no | posted_at
            P1         | -        | 3             | D-4 10:00
            P2         | -        | 1             | D-2 12:00
        """,
    ).shows(
        RELATION,
        """
        debit_id | posting_id | from_day | until_day
        D0       | P2         | D-2      | -
        D1       | P1         | D-1      | -
        """,
    )


@pytest.mark.parametrize(
    ("told_on", "partner"),
    [
        # alone with P1 in its window
        ("D-4", "D1"),
        # nobody was in P1's window
        ("D-2", "D0"),
    ],
)
def test_one_who_is_in_doubt_today_was_paired_while_nobody_else_would_have_done(
    told_on: str, partner: str
) -> None:
    given(
        debit_orders=ORDERS,
        settlement=f"""
            channel_ref | order_no | happened_at | settle_date
            D0          | O1       | D-7 09:00   | D-7
            D1          | O1       | D-4 09:00   | {told_on}
            D2          | O2       | D-4 11:00   | D-2
        """,
        postings="""
            posting_id | order_no | instalment_no | posted_at
            P1         | -        | 3             | D-4 10:00
        """,
    ).shows(
        RELATION,
        f"""
        debit_id  | posting_id | from_day | until_day
        {partner} | P1         | D-4      | D-2
        """,
    )


def test_who_is_in_doubt_today_is_nobodys_partner() -> None:
    given(
        debit_orders=ORDERS,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-4 09:00
            D2          | O2       | D-4 11:00
        """,
        postings="""
            posting_id | order_no | instalment_no | posted_at
            P1         | -        | 3             | D-4 10:00
            P2         | -        | 1             | D-2 12:00
        """,
    ).shows(RELATION, "debit_id | posting_id | from_day | until_day")


def test_the_only_one_left_after_the_window_was_a_partner_until_it_was_needed_within() -> None:
    given(
        debit_orders=ORDERS,
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at
            D1          | O1       | debit  | -            | D-4 10:00
            D2          | O2       | debit  | -            | D-4 11:00
            R1          | -        | refund | D1           | D-1 10:00
        """,
        postings="""
            posting_id | order_no | instalment_no | posted_at
            P1         | -        | 1             | D-4 12:00
            P2         | -        | 1             | D-2 12:00
        """,
    ).shows(
        RELATION,
        """
        debit_id | posting_id | from_day | until_day
        D1       | P1         | D-4      | D-1
        D2       | P2         | D-2      | D-1
        D2       | P1         | D-1      | -
        """,
    )


def test_a_pair_was_apart_while_a_posting_bore_the_number() -> None:
    given(
        debit_orders=ORDERS,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-5 10:00
            D2          | O2       | D-5 10:00
        """,
        postings="""
            posting_id | kind      | reverses | order_no | instalment_no | posted_at
            P1         | repayment | -        | -        | 1             | D-5 12:00
            P2         | repayment | -        | O1       | 1             | D-4 09:00
            R2         | reversal  | P2       | -        | 1             | D-2 09:00
        """,
    ).shows(
        RELATION,
        """
        debit_id | posting_id | from_day | until_day
        D1       | P1         | D-5      | D-4
        D2       | P1         | D-4      | D-2
        D1       | P1         | D-2      | -
        """,
    )


def test_a_debit_in_doubt_within_the_window_was_nobodys_partner_after_it() -> None:
    # P1 may be of either channel; P2 fits no debit but D1, which it would have been alone with
    given(
        debit_orders="""
            order_no | channel  | instalment_no
            O1       | alipay   | 1
            O2       | unionpay | 2
        """,
        settlement="""
            channel_ref | channel  | order_no | kind   | original_ref | happened_at
            D1          | alipay   | O1       | debit  | -            | D-4 09:00
            D2          | unionpay | O2       | debit  | -            | D-4 11:00
            R2          | unionpay | -        | refund | D2           | D-1 10:00
        """,
        postings="""
            posting_id | channel | order_no | instalment_no | posted_at
            P1         | -       | X1       | 3             | D-4 10:00
            P2         | alipay  | -        | 1             | D-2 12:00
        """,
    ).shows(
        RELATION,
        """
        debit_id | posting_id | from_day | until_day
        D1       | P1         | D-1      | -
        """,
    )


def test_who_was_paired_in_the_window_was_free_for_a_later_posting_once_that_was_undone() -> None:
    given(
        debit_orders=ORDERS,
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at
            D1          | O1       | debit  | -            | D-6 10:00
            R1          | -        | refund | D1           | D-1 10:00
        """,
        postings="""
            posting_id | kind      | reverses | order_no | instalment_no | posted_at
            P1         | repayment | -        | -        | 1             | D-6 12:00
            R9         | reversal  | P1       | -        | 1             | D-4 12:00
            P2         | repayment | -        | -        | 1             | D-3 12:00
        """,
    ).shows(
        RELATION,
        """
        debit_id | posting_id | from_day | until_day
        D1       | P1         | D-6      | D-4
        D1       | P2         | D-3      | D-1
        """,
    )


def test_of_two_postings_for_one_debit_the_better_one_was_its_partner() -> None:
    given(
        debit_orders=ORDERS,
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at
            D1          | O1       | debit  | -            | D-4 10:00
            R1          | -        | refund | D1           | D-1 10:00
        """,
        postings="""
            posting_id | order_no | instalment_no | posted_at
            P1         | -        | 2             | D-4 11:00
            P2         | -        | 1             | D-4 12:00
        """,
    ).shows(
        RELATION,
        """
        debit_id | posting_id | from_day | until_day
        D1       | P2         | D-4      | D-1
        """,
    )


def test_every_loan_amount_and_lender_has_days_of_its_own() -> None:
    given(
        loans="""
            loan_id | lender
            L1      | kakadai
            L2      | kakadai
            L1      | bobodai
        """,
        debit_orders="""
            order_no | loan_id | lender  | instalment_no
            O1       | L1      | kakadai | 1
            O2       | L1      | kakadai | 2
            O3       | L2      | kakadai | 1
            O4       | L1      | bobodai | 1
        """,
        settlement="""
            channel_ref | order_no | kind   | original_ref | amount | happened_at
            D1          | O1       | debit  | -            | 500.00 | D-6 10:00
            D2          | O2       | debit  | -            | 700.00 | D-6 10:00
            D3          | O3       | debit  | -            | 500.00 | D-6 10:00
            D4          | O4       | debit  | -            | 500.00 | D-6 10:00
            R1          | -        | refund | D1           | 500.00 | D-3 10:00
            R2          | -        | refund | D2           | 700.00 | D-2 10:00
            R3          | -        | refund | D3           | 500.00 | D-4 10:00
            R4          | -        | refund | D4           | 500.00 | D-4 10:00
        """,
        postings="""
            posting_id | loan_id | lender  | order_no | amount | posted_at
            P1         | L1      | kakadai | -        | 500.00 | D-6 12:00
            P2         | L1      | kakadai | -        | 700.00 | D-6 12:00
            P3         | L2      | kakadai | -        | 500.00 | D-5 09:00
            P4         | L1      | bobodai | -        | 500.00 | D-5 09:00
        """,
    ).shows(
        RELATION,
        """
        debit_id | posting_id | from_day | until_day
        D1       | P1         | D-6      | D-3
        D2       | P2         | D-6      | D-2
        D3       | P3         | D-5      | D-4
        D4       | P4         | D-5      | D-4
        """,
    )


def test_who_was_left_took_the_nearer_one_and_other_instalments_kept_theirs() -> None:
    given(
        debit_orders=ORDERS,
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at
            D1          | O1       | debit  | -            | D-4 10:00
            D2          | O1       | debit  | -            | D-4 11:00
            D3          | O2       | debit  | -            | D-4 12:00
            D4          | O2       | debit  | -            | D-4 13:00
            R1          | -        | refund | D1           | D-3 10:00
            R2          | -        | refund | D2           | D-2 10:00
        """,
        postings="""
            posting_id | order_no | instalment_no | posted_at
            P1         | -        | 1             | D-4 14:00
            P2         | -        | 1             | D-4 15:00
            P3         | -        | 2             | D-4 16:00
            P4         | -        | 2             | D-4 17:00
        """,
    ).shows(
        RELATION,
        """
        debit_id | posting_id | from_day | until_day
        D1       | P1         | D-4      | D-3
        D2       | P2         | D-4      | D-3
        D2       | P1         | D-3      | D-2
        D3       | P3         | D-4      | -
        D4       | P4         | D-4      | -
        """,
    )


def test_a_posting_booked_for_a_sum_of_debits_was_no_late_partner_of_another_one() -> None:
    given(
        debit_orders=ORDERS_OF_A_SUM,
        settlement="""
            channel_ref | order_no | amount | happened_at
            D1          | O1       | 400.00 | D-6 10:00
            D2          | O2       | 250.00 | D-3 09:00
            D3          | O3       | 150.00 | D-3 10:00
        """,
        postings="""
            posting_id | order_no | instalment_no | amount | posted_at
            P1         | -        | 2             | 400.00 | D-3 12:00
            P2         | -        | 1             | 400.00 | D-1 12:00
        """,
    ).shows(
        RELATION,
        """
        debit_id | posting_id | from_day | until_day
        D1       | P2         | D-1      | -
        """,
    )


@pytest.mark.parametrize(
    ("second_debit", "day"),
    [
        ("D3 | O3 | debit | - | 150.00 | D-2 10:00", "D-2"),
        # too much for the sum until some of it was given back
        (
            """D3 | O3 | debit  | -  | 170.00 | D-3 10:00
               R3 | -  | refund | D3 |  20.00 | D-1 10:00""",
            "D-1",
        ),
    ],
)
def test_a_posting_was_a_late_partner_until_it_stood_for_a_sum_of_debits(
    second_debit: str, day: str
) -> None:
    # the sum of another loan was complete before, and too much before that
    given(
        debit_orders="""
            order_no | loan_id | instalment_no
            O1       | L1      | 1
            O2       | L1      | 2
            O3       | L1      | 2
            O4       | L2      | 1
            O5       | L2      | 1
        """,
        settlement=f"""
            channel_ref | order_no | kind   | original_ref | amount | happened_at
            D1          | O1       | debit  | -            | 400.00 | D-6 10:00
            D2          | O2       | debit  | -            | 250.00 | D-3 09:00
            D4          | O4       | debit  | -            | 250.00 | D-6 09:00
            D5          | O5       | debit  | -            | 160.00 | D-6 09:30
            R5          | -        | refund | D5           |  10.00 | D-5 09:30
            {second_debit}
        """,
        postings="""
            posting_id | loan_id | order_no | instalment_no | amount | posted_at
            P1         | L1      | -        | 2             | 400.00 | D-3 12:00
            P2         | L2      | -        | 1             | 400.00 | D-6 12:00
        """,
    ).shows(
        RELATION,
        f"""
        debit_id | posting_id | from_day | until_day
        D1       | P1         | D-3      | {day}
        """,
    )


def test_a_posting_stood_for_a_debit_of_its_amount_before_it_stood_for_a_sum() -> None:
    given(
        debit_orders=ORDERS_OF_A_SUM,
        settlement="""
            channel_ref | order_no | kind   | original_ref | amount | happened_at
            D1          | O1       | debit  | -            | 400.00 | D-3 10:00
            D2          | O2       | debit  | -            | 250.00 | D-3 09:00
            D3          | O3       | debit  | -            | 150.00 | D-3 10:00
            R1          | -        | refund | D1           | 400.00 | D-2 10:00
        """,
        postings="""
            posting_id | order_no | instalment_no | amount | posted_at
            P1         | -        | 2             | 400.00 | D-3 12:00
            P2         | -        | 2             |  10.00 | D-1 12:00
        """,
    ).shows(
        RELATION,
        """
        debit_id | posting_id | from_day | until_day
        D1       | P1         | D-3      | D-2
        """,
    )


def test_a_posting_was_free_for_an_earlier_debit_once_its_own_was_given_back() -> None:
    given(
        debit_orders=ORDERS,
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at
            D1          | O1       | debit  | -            | D-6 10:00
            D2          | O2       | debit  | -            | D-4 10:00
            R2          | -        | refund | D2           | D-3 10:00
            R1          | -        | refund | D1           | D-1 10:00
        """,
        postings="""
            posting_id | order_no | instalment_no | posted_at
            P1         | -        | 2             | D-4 12:00
        """,
    ).shows(
        RELATION,
        """
        debit_id | posting_id | from_day | until_day
        D2       | P1         | D-4      | D-3
        D1       | P1         | D-3      | D-1
        """,
    )


def test_a_pair_made_again_is_another_one() -> None:
    given(
        debit_orders=ORDERS,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-4 10:00
        """,
        postings="""
            posting_id | kind      | reverses | order_no | instalment_no | posted_at
            P1         | repayment | -        | -        | 2             | D-4 20:00
            P2         | repayment | -        | -        | 1             | D-3 08:00
            R2         | reversal  | P2       | -        | 1             | D-2 08:00
            P3         | repayment | -        | -        | 1             | D-1 08:00
        """,
    ).shows(
        RELATION,
        """
        debit_id | posting_id | from_day | until_day
        D1       | P1         | D-4      | D-3
        D1       | P2         | D-3      | D-2
        D1       | P1         | D-2      | -
        """,
    )


def test_late_pairs_of_several_loans_last_while_others_of_the_loan_come() -> None:
    given(
        loans="loan_id\nL1\nL2",
        debit_orders="""
            order_no | loan_id | instalment_no
            O1       | L1      | 1
            O2       | L2      | 1
            O3       | L1      | 2
        """,
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at
            D1          | O1       | debit  | -            | D-6 10:00
            D2          | O2       | debit  | -            | D-6 10:00
            D3          | O3       | debit  | -            | D-2 13:00
            R1          | -        | refund | D1           | D-1 10:00
            R2          | -        | refund | D2           | D-1 10:00
        """,
        postings="""
            posting_id | loan_id | order_no | instalment_no | posted_at
            P1         | L1      | -        | 1             | D-3 12:00
            P2         | L2      | -        | 1             | D-3 12:00
            P3         | L1      | -        | 2             | D-2 14:00
        """,
    ).shows(
        RELATION,
        """
        debit_id | posting_id | from_day | until_day
        D1       | P1         | D-3      | D-1
        D2       | P2         | D-3      | D-1
        D3       | P3         | D-2      | -
        """,
    )


def test_each_entry_was_paired_and_parted_on_days_of_its_own() -> None:
    given(
        debit_orders="order_no | loan_id\nO1 | L1\nO2 | L2\nO3 | L3\nO4 | L4",
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-6 09:00
            D2          | O2       | D-5 09:00
            D3          | O3       | D-5 09:00
            D4          | O4       | D-5 09:00
        """,
        postings="""
            posting_id | loan_id | order_no | kind      | reverses | posted_at
            P1         | L1      | -        | repayment | -        | D-6 10:00
            P2         | L2      | -        | repayment | -        | D-5 10:00
            P3         | L1      | -        | reversal  | P1       | D-3 10:00
            P4         | L2      | -        | reversal  | P2       | D-1 10:00
            P5         | L3      | O3       | repayment | -        | D-5 10:00
            P6         | L3      | -        | reversal  | P5       | D-4 10:00
            P7         | L3      | O3       | repayment | -        | D-3 10:00
            P8         | L3      | -        | reversal  | P7       | D-2 10:00
            P9         | L4      | -        | repayment | -        | D-5 10:00
            P10        | L4      | -        | reversal  | P9       | D-4 10:00
            P11        | L4      | -        | repayment | -        | D-4 11:00
        """,
    ).shows(
        "breaks.partner_days",
        """
        entry_id | from_day | until_day
        D1       | D-6      | D-3
        P1       | D-6      | D-3
        D2       | D-5      | D-1
        P2       | D-5      | D-1
        D3       | D-5      | D-4
        D3       | D-3      | D-2
        D4       | D-5      | D-4
        D4       | D-4      | -
        P9       | D-5      | D-4
        P11      | D-4      | -
        """,
    ).shows(
        "breaks.parted_pairs",
        """
        entry_id | parted_on
        D1       | D-3
        P1       | D-3
        D2       | D-1
        P2       | D-1
        D3       | D-2
        D4       | D-4
        P9       | D-4
        """,
    )


def test_who_stands_in_a_sum_is_parted_from_nobody() -> None:
    given(
        debit_orders=ORDERS_OF_A_SUM,
        settlement="""
            channel_ref | order_no | amount | happened_at
            D1          | O1       | 400.00 | D-4 09:00
            D2          | O2       | 600.00 | D-4 10:00
        """,
        postings="posting_id | amount | posted_at\nP1 | 1000.00 | D-4 11:00",
    ).shows("matching.by_split_debits", "entry_id\nD1\nD2\nP1").shows_nothing("breaks.parted_pairs")


def test_an_entry_was_not_free_while_its_number_was_booked_in_a_sum_or_in_doubt() -> None:
    given(
        debit_orders="""
            order_no | channel  | loan_id | instalment_no
            O1       | alipay   | L1      | 1
            O1       | unionpay | L4      | 1
            O2       | alipay   | L2      | 1
            O3       | alipay   | L2      | 2
            O4       | alipay   | L3      | 1
            O5       | alipay   | L3      | 2
            O6       | alipay   | L3      | 3
            O7       | alipay   | L5      | 1
        """,
        settlement="""
            channel  | channel_ref | order_no | amount  | happened_at
            alipay   | D1          | O1       | 1000.00 | D-6 09:00
            unionpay | U1          | O1       | 1000.00 | D-6 09:00
            alipay   | D2          | O2       | 400.00  | D-6 09:00
            alipay   | D3          | O3       | 600.00  | D-6 10:00
            alipay   | D4          | O4       | 300.00  | D-6 09:00
            alipay   | D5          | O5       | 500.00  | D-6 09:00
            alipay   | D6          | O6       | 500.00  | D-6 09:00
            alipay   | D7          | O7       | 1000.00 | D-6 09:00
        """,
        postings="""
            posting_id | order_no | loan_id | kind      | reverses | amount  | posted_at
            P1         | O1       | L1      | repayment | -        | 1000.00 | D-5 10:00
            P2         | O1       | L1      | repayment | -        | 1000.00 | D-5 11:00
            R1         | -        | L1      | reversal  | P1       | 1000.00 | D-4 10:00
            R2         | -        | L1      | reversal  | P2       | 1000.00 | D-2 10:00
            P7         | O7       | L5      | repayment | -        | 1000.00 | D-5 10:00
            R7         | -        | L5      | reversal  | P7       | 1000.00 | D-5 11:00
            P3         | -        | L2      | repayment | -        | 1000.00 | D-6 11:00
            P4         | -        | L3      | repayment | -        | 800.00  | D-6 11:00
        """,
    ).shows(
        "breaks.taken_otherwise",
        """
        entry_id | pass            | taken_on   | until_day
        D1       | by_order_no     | D-5        | D-2
        D2       | by_split_debits | D-6        | 9999-12-31
        D3       | by_split_debits | D-6        | 9999-12-31
        P3       | by_split_debits | D-6        | 9999-12-31
        D4       | ambiguous       | 0001-01-01 | 9999-12-31
        D5       | ambiguous       | 0001-01-01 | 9999-12-31
        D6       | ambiguous       | 0001-01-01 | 9999-12-31
        P4       | ambiguous       | 0001-01-01 | 9999-12-31
        """,
    )
