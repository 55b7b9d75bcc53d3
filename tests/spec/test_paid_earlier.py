"""What earlier debits of an instalment had paid, on each day that changed it."""

from tests.spec.harness import given


def test_of_each_debit_before_which_as_much_was_taken_as_is_due() -> None:
    given(
        instalments="""
            loan_id | instalment_no | principal_due | interest_due
            L1      | 1             | 900.00        | 100.00
            L2      | 1             | 900.00        | 100.00
            L3      | 1             | 900.00        | 100.00
            L4      | 1             | 900.00        | 100.00
            L5      | 1             | 350.00        | 50.00
        """,
        debit_orders="""
            order_no | loan_id | instalment_no | channel
            O1       | L1      | 1             | alipay
            O2       | L2      | 1             | alipay
            O3       | L3      | 1             | alipay
            O3       | L3      | 1             | unionpay
            O4       | L4      | 1             | alipay
            O5       | L5      | 1             | alipay
            O6       | L6      | -             | alipay
        """,
        settlement="""
    channel  | channel_ref | kind   | order_no | original_ref | amount  | happened_at | settle_date
    alipay   | D11         | debit  | O1       | -            | 600.00  | D-5 10:00   | D-5
    alipay   | D12         | debit  | O1       | -            | 400.00  | D-5 11:00   | D-3
    alipay   | E12         | debit  | O1       | -            | 0.00    | D-5 10:30   | D-4
    alipay   | D13         | debit  | O1       | -            | 500.00  | D-5 12:00   | D-5
    alipay   | D21         | debit  | O2       | -            | 1000.00 | D-5 10:00   | D-5
    alipay   | D22         | debit  | O2       | -            | 400.00  | D-5 10:00   | D-5
    alipay   | X3          | debit  | O3       | -            | 1000.00 | D-5 10:00   | D-5
    unionpay | X3          | debit  | O3       | -            | 400.00  | D-5 10:00   | D-5
    alipay   | D41         | debit  | O4       | -            | 999.99  | D-5 09:00   | D-5
    alipay   | D42         | debit  | O4       | -            | 1000.00 | D-5 13:00   | D-5
    alipay   | D51         | debit  | O5       | -            | 399.99  | D-5 09:00   | D-5
    alipay   | D52         | debit  | O5       | -            | 0.01    | D-5 13:00   | D-5
    alipay   | D53         | debit  | O5       | -            | 400.00  | D-5 14:00   | D-5
    alipay   | D61         | debit  | O6       | -            | 1000.00 | D-5 09:00   | D-5
    alipay   | D62         | debit  | O6       | -            | 1000.00 | D-5 13:00   | D-5
        """,
        charges="""
            loan_id | instalment_no | charged_on | amount
            L1      | 1             | D-2        | 0.01
            L2      | 2             | D-2        | 0.01
        """,
    ).shows(
        "breaks.paid_earlier",
        """
        entry_id | known_on | is_less | was_enough | is_enough
        D13      | D-5      | false   | false      | false
        D13      | D-4      | false   | false      | false
        D13      | D-3      | false   | false      | true
        D13      | D-2      | true    | true       | false
        D22      | D-5      | false   | false      | true
        X3~2     | D-5      | false   | false      | true
        D53      | D-5      | false   | false      | true
        """,
    )
