"""Since when a debit is not booked: the last day on which a posting was there for it."""

from tests.spec.harness import given


def test_a_debit_is_not_posted_since_the_last_posting_of_its_number_was_undone() -> None:
    given(
        instalments="loan_id | instalment_no\nL1 | 1\nL2 | 1\nL3 | 1",
        debit_orders="""
            order_no | channel  | loan_id
            O1       | alipay   | L1
            O2       | alipay   | L2
            O2       | unionpay | L2
            O31      | alipay   | L3
            O32      | alipay   | L3
        """,
        settlement="""
            channel_ref | channel  | kind   | order_no | original_ref | amount  | happened_at
            D1          | alipay   | debit  | O1       | -            | 1000.00 | D-6 10:00
            D2          | alipay   | debit  | O2       | -            | 500.00  | D-6 10:00
            D3          | unionpay | debit  | O2       | -            | 500.00  | D-6 10:00
            D31         | alipay   | debit  | O31      | -            | 1000.00 | D-6 10:00
            D32         | alipay   | debit  | O32      | -            | 1000.00 | D-6 11:00
            F31         | alipay   | refund | -        | D31          | 0.01    | D-1 10:00
        """,
        postings="""
            posting_id | channel | kind      | reverses | order_no | loan_id | posted_at
            P11        | alipay  | repayment | -        | O1       | L1      | D-5 11:00
            R11        | alipay  | reversal  | P11      | O1       | L1      | D-2 11:00
            P12        | alipay  | repayment | -        | O1       | L1      | D-4 11:00
            R12        | alipay  | reversal  | P12      | O1       | L1      | D-3 11:00
            P13        | alipay  | repayment | -        | O1       | L1      | D-1 11:00
            R13        | alipay  | reversal  | P13      | O1       | L1      | D-1 12:00
            P2         | alipay  | repayment | -        | O2       | L2      | D-5 11:00
            R2         | alipay  | reversal  | P2       | O2       | L2      | D-3 11:00
        """,
    ).shows(
        "breaks.debit_not_posted",
        """
        entry_id | true_since
        D1       | D-2
        D2       | D-3
        D3       | D-5
        D31      | D-5
        D32      | D-1
        """,
    )
