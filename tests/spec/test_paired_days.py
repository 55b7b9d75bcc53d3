"""Which debit and which posting passes 2 and 5 paired, day by day (contract 6.1, 6.3)."""

from tests.spec.harness import given

RELATION = "breaks.paired_days"
ORDERS = """
    order_no | instalment_no
    O1       | 1
    O2       | 2
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
    given(
        debit_orders=ORDERS,
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at
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
        D1       | P1         | D-1      | -
        """,
    )


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
