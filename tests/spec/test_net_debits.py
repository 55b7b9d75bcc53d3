"""A debit with its order and with what later events left of it."""

from tests.spec.harness import given


def test_a_debit_bears_what_named_it_or_fell_to_it_and_the_last_instant_of_that() -> None:
    given(
        settlement="""
            channel  | channel_ref | kind   | order_no | original_ref | amount  | happened_at
            alipay   | D1          | debit  | O1       | -            | 1000.00 | D-5 10:00
            alipay   | F11         | refund | -        | D1           | 100.00  | D-4 10:00
            alipay   | F12         | refund | -        | D1           | 200.00  | D-3 10:00
            alipay   | D21         | debit  | O2       | -            | 1000.00 | D-5 10:00
            alipay   | D22         | debit  | O2       | -            | 0.01    | D-5 11:00
            alipay   | F2          | refund | O2       | -            | 0.01    | D-2 10:00
            alipay   | F3          | refund | -        | D9           | 5.00    | D-1 10:00
            unionpay | D1          | debit  | O1       | -            | 1000.00 | D-5 10:00
        """,
    ).shows(
        "staging.debits",
        """
        entry_id | net     | refunded_at
        D1       | 700.00  | D-3 10:00
        D21      | 1000.00 | -
        D22      | 0.00    | D-2 10:00
        D1~2     | 1000.00 | -
        """,
    )


def test_a_number_that_two_lenders_gave_one_channel_names_no_order_there() -> None:
    given(
        debit_orders="""
            order_no | lender  | channel  | loan_id
            O1       | kakadai | alipay   | L1
            O1       | bobodai | alipay   | L2
            O1       | kakadai | unionpay | L3
            O2       | kakadai | alipay   | L4
            O3       | bobodai | unionpay | L5
        """,
        settlement="""
            channel_ref | channel  | order_no
            D1          | alipay   | O1
            D2          | unionpay | O1
            D3          | alipay   | O2
            D4          | unionpay | O3
        """,
    ).shows(
        "staging.debits",
        """
        entry_id | lender  | loan_id | order_entry
        D1       | -       | -       | -
        D2       | kakadai | L3      | unionpay/O1
        D3       | kakadai | L4      | alipay/O2
        D4       | bobodai | L5      | unionpay/O3
        """,
    )
