"""Contract section 6: what refunds that name no debit take off their order's debits each day."""

from tests.spec.harness import given

ORDERS = given(
    settlement="""
channel  | channel_ref | kind   | order_no | original_ref | amount | happened_at | settle_date
alipay   | D1          | debit  | O1       | -            | 100.00 | D-5 10:00   | D-5
alipay   | D2          | debit  | O1       | -            | 100.00 | D-5 10:00   | D-5
alipay   | R1          | refund | O1       | -            | 150.00 | D-4 09:00   | D-4
alipay   | R2          | refund | O1       | -            | 20.00  | D-3 09:00   | D-3
alipay   | D3          | debit  | O1       | -            | 100.00 | D-3 12:00   | D-2
alipay   | R3          | refund | O1       | -            | 60.00  | D-2 08:00   | D-1
unionpay | D1          | debit  | O1       | -            | 100.00 | D-5 10:00   | D-5
unionpay | D2          | debit  | O1       | -            | 100.00 | D-5 10:30   | D-5
unionpay | R1          | refund | O1       | -            | 30.00  | D-4 12:00   | D-4
alipay   | D4          | debit  | O2       | -            | 100.00 | D-5 10:00   | D-5
alipay   | R4          | refund | O2       | -            | 10.00  | D-4 10:00   | D-4
alipay   | R5          | refund | O5       | -            | 130.00 | D-5 00:00   | D-5
alipay   | D5          | debit  | O5       | -            | 100.00 | D-5 10:00   | D-5
alipay   | D6          | debit  | O5       | -            | 100.00 | D-5 11:00   | D-5
alipay   | R6          | refund | O5       | -            | 10.00  | D-5 12:00   | D-4
unionpay | D14         | debit  | O5       | -            | 50.00  | D-5 09:00   | D-5
unionpay | R14         | refund | O5       | -            | 20.00  | D-5 13:00   | D-5
alipay   | R7          | refund | O7       | -            | 130.00 | D-5 09:00   | D-5
alipay   | D7          | debit  | O7       | -            | 100.00 | D-5 10:00   | D-5
alipay   | D8          | debit  | O7       | -            | 100.00 | D-5 10:00   | D-5
alipay   | D9          | debit  | O9       | -            | 100.00 | D-5 10:00   | D-5
alipay   | R9          | refund | O9       | D9           | 10.00  | D-5 11:00   | D-5
unionpay | D9          | debit  | O7       | -            | 100.00 | D-5 10:00   | D-5
alipay   | D10         | debit  | -        | -            | 100.00 | D-5 10:00   | D-5
alipay   | R10         | refund | -        | X9           | 5.00   | D-5 10:00   | D-5
alipay   | D11         | debit  | O11      | -            | 100.00 | D-5 10:00   | D-5
alipay   | R11         | refund | O11      | D11          | 150.00 | D-5 11:00   | D-4
alipay   | R12         | refund | O11      | D12          | 1.00   | D-5 12:00   | D-5
alipay   | D12         | debit  | -        | -            | 100.00 | D-5 10:00   | D-3
unionpay | D11         | debit  | O11      | -            | 100.00 | D-5 10:00   | D-5
unionpay | R13         | refund | O11      | -            | 1.00   | D-5 12:00   | D-4
    """,
)


def test_a_refund_names_no_debit_of_ours_until_that_debit_is_known() -> None:
    ORDERS.shows(
        "staging.unnamed_refunds",
        """
        channel  | channel_ref | order_no | amount | from_day | until_day
        alipay   | R1          | O1       | 150.00 | D-4      | -
        alipay   | R2          | O1       | 20.00  | D-3      | -
        alipay   | R3          | O1       | 60.00  | D-1      | -
        unionpay | R1          | O1       | 30.00  | D-4      | -
        alipay   | R4          | O2       | 10.00  | D-4      | -
        alipay   | R5          | O5       | 130.00 | D-5      | -
        alipay   | R6          | O5       | 10.00  | D-4      | -
        unionpay | R14         | O5       | 20.00  | D-5      | -
        alipay   | R7          | O7       | 130.00 | D-5      | -
        alipay   | R12         | O11      | 1.00   | D-5      | D-3
        unionpay | R13         | O11      | 1.00   | D-4      | -
        """,
    )


def test_debits_of_such_orders_bear_what_refunds_that_name_them_left() -> None:
    ORDERS.shows(
        "staging.refundable_debits",
        """
        channel  | channel_ref | order_no | day | left
        alipay   | D1          | O1       | D-5 | 100.00
        alipay   | D1          | O1       | D-4 | 100.00
        alipay   | D1          | O1       | D-3 | 100.00
        alipay   | D1          | O1       | D-2 | 100.00
        alipay   | D1          | O1       | D-1 | 100.00
        alipay   | D2          | O1       | D-5 | 100.00
        alipay   | D2          | O1       | D-4 | 100.00
        alipay   | D2          | O1       | D-3 | 100.00
        alipay   | D2          | O1       | D-2 | 100.00
        alipay   | D2          | O1       | D-1 | 100.00
        alipay   | D3          | O1       | D-2 | 100.00
        alipay   | D3          | O1       | D-1 | 100.00
        unionpay | D1          | O1       | D-5 | 100.00
        unionpay | D1          | O1       | D-4 | 100.00
        unionpay | D2          | O1       | D-5 | 100.00
        unionpay | D2          | O1       | D-4 | 100.00
        unionpay | D14         | O5       | D-5 | 50.00
        alipay   | D4          | O2       | D-5 | 100.00
        alipay   | D4          | O2       | D-4 | 100.00
        alipay   | D5          | O5       | D-5 | 100.00
        alipay   | D5          | O5       | D-4 | 100.00
        alipay   | D6          | O5       | D-5 | 100.00
        alipay   | D6          | O5       | D-4 | 100.00
        alipay   | D7          | O7       | D-5 | 100.00
        alipay   | D8          | O7       | D-5 | 100.00
        alipay   | D11         | O11      | D-5 | 100.00
        alipay   | D11         | O11      | D-4 | 0.00
        alipay   | D11         | O11      | D-3 | 0.00
        unionpay | D11         | O11      | D-5 | 100.00
        unionpay | D11         | O11      | D-4 | 100.00
        """,
    )


def test_the_latest_debit_before_a_refund_bears_it_first_then_the_earliest_after_it() -> None:
    ORDERS.shows(
        "staging.refunds_by_order",
        """
        channel  | channel_ref | from_day | until_day | refunded | last_refund_at
        alipay   | D1          | D-5      | D-4       | 0.00     | -
        alipay   | D1          | D-4      | D-3       | 50.00    | D-4 09:00:00
        alipay   | D1          | D-3      | D-2       | 70.00    | D-3 09:00:00
        alipay   | D1          | D-2      | D-1       | 70.00    | D-3 09:00:00
        alipay   | D1          | D-1      | -         | 70.00    | D-2 08:00:00
        alipay   | D2          | D-5      | D-4       | 0.00     | -
        alipay   | D2          | D-4      | D-3       | 100.00   | D-4 09:00:00
        alipay   | D2          | D-3      | D-2       | 100.00   | D-3 09:00:00
        alipay   | D2          | D-2      | D-1       | 100.00   | D-3 09:00:00
        alipay   | D2          | D-1      | -         | 100.00   | D-2 08:00:00
        alipay   | D3          | D-2      | D-1       | 0.00     | D-3 09:00:00
        alipay   | D3          | D-1      | -         | 60.00    | D-2 08:00:00
        unionpay | D1          | D-5      | D-4       | 0.00     | -
        unionpay | D1          | D-4      | -         | 0.00     | D-4 12:00:00
        unionpay | D2          | D-5      | D-4       | 0.00     | -
        unionpay | D2          | D-4      | -         | 30.00    | D-4 12:00:00
        unionpay | D14         | D-5      | -         | 20.00    | D-5 13:00:00
        alipay   | D4          | D-5      | D-4       | 0.00     | -
        alipay   | D4          | D-4      | -         | 10.00    | D-4 10:00:00
        alipay   | D5          | D-5      | D-4       | 100.00   | D-5 00:00:00
        alipay   | D5          | D-4      | -         | 100.00   | D-5 12:00:00
        alipay   | D6          | D-5      | D-4       | 30.00    | D-5 00:00:00
        alipay   | D6          | D-4      | -         | 40.00    | D-5 12:00:00
        alipay   | D7          | D-5      | -         | 100.00   | D-5 09:00:00
        alipay   | D8          | D-5      | -         | 30.00    | D-5 09:00:00
        alipay   | D11         | D-5      | D-4       | 1.00     | D-5 12:00:00
        alipay   | D11         | D-4      | D-3       | 0.00     | D-5 12:00:00
        alipay   | D11         | D-3      | -         | 0.00     | -
        unionpay | D11         | D-5      | D-4       | 0.00     | -
        unionpay | D11         | D-4      | -         | 1.00     | D-5 12:00:00
        """,
    )
