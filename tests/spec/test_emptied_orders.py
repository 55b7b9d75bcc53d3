"""Orders whose debits were given back in full, and since when that is told."""

from tests.spec.harness import given


def test_an_order_is_empty_once_all_was_given_back_and_every_file_told_so() -> None:
    given(
        settlement="""
            channel_ref | kind   | order_no | original_ref | amount  | happened_at | settle_date
            D1          | debit  | O1       | -            | 1000.00 | D-5 10:00   | D-5
            F11         | refund | -        | D1           | 600.00  | D-5 11:00   | D-3
            F12         | refund | -        | D1           | 400.00  | D-4 10:00   | D-4
            F13         | refund | -        | D1           | 1.00    | D-2 10:00   | D-1
            D2          | debit  | O2       | -            | 1000.00 | D-5 10:00   | D-5
            F21         | refund | O2       | -            | 600.00  | D-5 11:00   | D-5
            F22         | refund | O2       | -            | 400.00  | D-4 10:00   | D-2
            F23         | refund | O2       | -            | 400.00  | D-3 10:00   | D-1
            D3          | debit  | O3       | -            | 1000.00 | D-5 10:00   | D-5
            F31         | refund | -        | D9           | 1000.00 | D-4 10:00   | D-4
        """,
    ).shows(
        "breaks.emptied_orders",
        """
        order_no | refunded_at | told_on
        O1       | D-4 10:00   | D-3
        O2       | D-4 10:00   | D-2
        """,
    )
