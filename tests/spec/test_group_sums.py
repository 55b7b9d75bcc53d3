"""What the debits and postings of an order_no came to, each day on which any of it changed."""

from tests.spec.harness import given


def test_what_a_group_had_taken_and_booked_and_how_much_of_it_was_booked_again() -> None:
    given(
        debit_orders="""
            order_no | channel  | loan_id | amount | requested_at
            O1       | alipay   | L1      | 10.00  | D-5 09:00
            O1       | unionpay | L2      | 10.00  | D-5 09:00
            O2       | alipay   | L3      | 10.00  | D-5 09:00
            O3       | alipay   | L4      | 10.00  | D-5 09:00
            O4       | alipay   | L5      | 10.00  | D-5 09:00
            O5       | alipay   | L6      | 10.00  | D-5 09:00
            O6       | alipay   | L7      | 10.00  | D-5 09:00
            O9       | alipay   | L9      | 10.00  | D-5 09:00
            O7       | alipay   | L8      | 5.00   | D-5 09:00
            O8       | alipay   | L8      | 5.00   | D-5 09:00
            O10      | alipay   | L10     | 15.00  | D-5 09:00
            O11      | alipay   | L10     | 5.00   | D-5 09:00
        """,
        instalments="""
            loan_id | instalment_no | principal_due | interest_due
            L8      | 1             | 10.00         | 0.00
            L10     | 1             | 10.00         | 0.00
        """,
        settlement="""
    channel  | channel_ref | kind   | order_no | original_ref | amount | happened_at | settle_date
    alipay   | D11         | debit  | O1       | -            | 10.00  | D-5 10:00   | D-5
    alipay   | D12         | debit  | O1       | -            | 10.00  | D-5 11:00   | D-4
    unionpay | D21         | debit  | O1       | -            | 10.00  | D-5 10:00   | D-5
    alipay   | D31         | debit  | O2       | -            | 10.00  | D-5 10:00   | D-5
    alipay   | D32         | debit  | O2       | -            | 4.00   | D-5 11:00   | D-5
    alipay   | D41         | debit  | O3       | -            | 10.00  | D-5 10:00   | D-5
    alipay   | D51         | debit  | O4       | -            | 10.00  | D-5 10:00   | D-5
    alipay   | F51         | refund | -        | D51          | 10.00  | D-4 10:00   | D-4
    alipay   | D52         | debit  | O4       | -            | 10.00  | D-3 10:00   | D-3
    alipay   | D61         | debit  | O5       | -            | 10.00  | D-5 10:00   | D-5
    alipay   | D71         | debit  | O6       | -            | 10.00  | D-5 10:00   | D-5
    alipay   | D91         | debit  | O9       | -            | 10.00  | D-5 10:00   | D-5
    alipay   | D81         | debit  | O7       | -            | 5.00   | D-5 10:00   | D-5
    alipay   | D82         | debit  | O8       | -            | 5.00   | D-5 10:01   | D-5
    alipay   | D83         | debit  | O8       | -            | 5.00   | D-5 10:02   | D-5
    alipay   | D101        | debit  | O10      | -            | 5.00   | D-5 10:00   | D-5
    alipay   | D102        | debit  | O10      | -            | 10.00  | D-5 11:00   | D-5
    alipay   | D111        | debit  | O11      | -            | 5.00   | D-5 09:30   | D-2
        """,
        postings="""
        posting_id | loan_id | order_no | channel  | kind      | reverses | amount | posted_at
        P11        | L1      | O1       | alipay   | repayment | -        | 10.00  | D-5 11:00
        P12        | L1      | O1       | alipay   | repayment | -        | 10.00  | D-4 11:00
        P13        | L1      | O1       | alipay   | repayment | -        | 10.00  | D-3 11:00
        P21        | L2      | O1       | unionpay | repayment | -        | 10.00  | D-5 11:00
        P22        | L2      | O1       | unionpay | repayment | -        | 10.00  | D-4 11:00
        R22        | L2      | -        | -        | reversal  | P22      | 10.00  | D-3 11:00
        P31        | L3      | O2       | alipay   | repayment | -        | 10.00  | D-5 11:00
        P32        | L3      | O2       | alipay   | repayment | -        | 10.00  | D-5 12:00
        P33        | L3      | O2       | alipay   | repayment | -        | 10.00  | D-5 13:00
        P41        | L4      | O3       | alipay   | repayment | -        | 10.00  | D-5 11:00
        P42        | L4      | O3       | alipay   | repayment | -        | 4.00   | D-5 12:00
        P43        | L4      | O3       | alipay   | repayment | -        | 17.00  | D-4 12:00
        P51        | L5      | O4       | alipay   | repayment | -        | 10.00  | D-5 11:00
        P61        | L6      | O5       | alipay   | repayment | -        | 10.00  | D-4 11:00
        R61        | L6      | -        | -        | reversal  | P61      | 10.00  | D-3 11:00
        P62        | L6      | O5       | alipay   | repayment | -        | 10.00  | D-2 11:00
        P71        | L7      | O6       | alipay   | repayment | -        | 10.00  | D-5 11:00
        P91        | L9      | O9       | alipay   | repayment | -        | 10.00  | D-5 11:00
        P92        | L9      | O9       | alipay   | repayment | -        | 17.00  | D-5 12:00
        P81        | L8      | O7       | alipay   | repayment | -        | 5.00   | D-5 11:00
        P82        | L8      | O7       | alipay   | repayment | -        | 5.00   | D-5 11:01
        P83        | L8      | O8       | alipay   | repayment | -        | 5.00   | D-5 11:02
        P101       | L10     | O10      | alipay   | repayment | -        | 7.00   | D-5 12:00
        """,
        charges="loan_id | amount | charged_on\nL8 | 0.01 | D-3",
    ).shows(
        "breaks.group_sums",
        """
        group_id | day | next_day | due_on | taken | duplicate | booked | booked_again
        D11      | D-5 | D-4      | D-4    | 10.00 | 0.00      | 10.00  | 0.00
        D11      | D-4 | D-3      | D-4    | 20.00 | 0.00      | 20.00  | 0.00
        D11      | D-3 | -        | D-4    | 20.00 | 0.00      | 30.00  | 10.00
        D21      | D-5 | D-4      | D-4    | 10.00 | 0.00      | 10.00  | 0.00
        D21      | D-4 | D-3      | D-4    | 10.00 | 0.00      | 20.00  | 10.00
        D21      | D-3 | -        | D-4    | 10.00 | 0.00      | 10.00  | 0.00
        D31      | D-5 | -        | D-4    | 14.00 | 0.00      | 30.00  | 0.00
        D41      | D-5 | D-4      | D-4    | 10.00 | 0.00      | 14.00  | 0.00
        D41      | D-4 | -        | D-4    | 10.00 | 0.00      | 31.00  | 0.00
        D52      | D-5 | D-4      | D-4    | 10.00 | 0.00      | 10.00  | 0.00
        D52      | D-4 | D-3      | -      | -     | -         | 10.00  | 0.00
        D52      | D-3 | -        | D-2    | 10.00 | 0.00      | 10.00  | 0.00
        D61      | D-5 | D-4      | D-4    | 10.00 | 0.00      | -      | -
        D61      | D-4 | D-3      | D-4    | 10.00 | 0.00      | 10.00  | 0.00
        D61      | D-3 | D-2      | D-4    | 10.00 | 0.00      | -      | -
        D61      | D-2 | -        | D-4    | 10.00 | 0.00      | 10.00  | 0.00
        D91      | D-5 | -        | D-4    | 10.00 | 0.00      | 27.00  | 0.00
        D81      | D-5 | D-3      | D-4    | 15.00 | 5.00      | 15.00  | 5.00
        D81      | D-3 | -        | D-4    | 15.00 | 0.00      | 15.00  | 5.00
        D101     | D-5 | D-2      | D-4    | 15.00 | 0.00      | 7.00   | 0.00
        D101     | D-2 | -        | D-4    | 15.00 | 10.00     | 7.00   | 0.00
        """,
    )
