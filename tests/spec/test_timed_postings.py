"""Since when a posting was booked, or valued, later than the last debit that it stands for."""

from tests.spec.harness import given

RELATION = "breaks.timed_postings"


def test_each_posting_is_late_since_its_own_last_debit_in_time_was_given_back() -> None:
    # P3 stood for nothing between the debit that was given back and the one told of later
    given(
        debit_orders="order_no | instalment_no\nO1 | 1\nO2 | 2\nO3 | 3\nO4 | 4",
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at | settle_date
            D1          | O1       | debit  | -            | D-6 10:00   | D-6
            D21         | O2       | debit  | -            | D-6 10:00   | D-6
            D22         | O2       | debit  | -            | D-4 10:00   | D-4
            D23         | O2       | debit  | -            | D-4 09:00   | D-4
            R22         | -        | refund | D22          | D-2 10:00   | D-2
            R23         | -        | refund | D23          | D-3 10:00   | D-3
            D31         | O3       | debit  | -            | D-6 10:00   | D-6
            R31         | -        | refund | D31          | D-5 09:00   | D-5
            D32         | O3       | debit  | -            | D-6 11:00   | D-3
        """,
        postings="""
            posting_id | order_no | instalment_no | posted_at | value_date
            P1         | O1       | 1             | D-4 12:00 | D-4
            P2         | O2       | 2             | D-4 12:00 | D-4
            P3         | O3       | 3             | D-5 12:00 | D-5
        """,
    ).shows(
        RELATION,
        """
        entry_id | window_missed_since | value_late_since
        P1       | D-4                 | D-4
        P2       | D-2                 | D-2
        P3       | D-3                 | D-3
        """,
    )


def test_a_posting_stands_for_debits_without_a_gap_while_any_of_them_lasts() -> None:
    given(
        debit_orders="order_no | instalment_no\nO1 | 1",
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at | settle_date
            D1          | O1       | debit  | -            | D-6 08:00   | D-6
            D2          | O1       | debit  | -            | D-6 09:00   | D-5
            D3          | O1       | debit  | -            | D-6 10:00   | D-3
            R2          | -        | refund | D2           | D-4 10:00   | D-4
            R1          | -        | refund | D1           | D-2 10:00   | D-2
        """,
        postings="posting_id | order_no | posted_at | value_date\nP1 | O1 | D-5 12:00 | D-5",
    ).shows(
        RELATION,
        "entry_id | window_missed_since | value_late_since\nP1 | D-5 | D-5",
    )
