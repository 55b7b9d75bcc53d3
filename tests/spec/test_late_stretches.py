"""What was true of an instalment's lateness, stretch of days by stretch of days."""

from tests.spec.harness import given


def test_each_day_that_told_something_of_an_instalment_begins_a_stretch() -> None:
    given(
        files="file_date\nD-4\nD-2\nD-1\nD",
        instalments="""
            loan_id | instalment_no | due_date
            L1      | 1             | D-5
            L2      | 1             | D-5
            L3      | 1             | D-5
            L4      | 1             | D-5
            L5      | 1             | D
        """,
        charges="""
            loan_id | charged_on | amount
            L1      | D-2        | 5.00
            L2      | D-2        | 5.00
            L2      | D-1        | 6.00
            L3      | D-2        | 5.00
            L4      | D-2        | 5.00
            L5      | D          | 5.00
        """,
        debit_orders="""
            order_no | loan_id | amount | requested_at
            O11      | L1      | 600.00 | D-5 09:00
            O12      | L1      | 400.00 | D-5 09:00
            O21      | L2      | 600.00 | D-5 09:00
        """,
        settlement="""
            channel_ref | order_no | amount | happened_at | settle_date
            D11         | O11      | 600.00 | D-5 10:00   | D-5
            D12         | O12      | 400.00 | D-5 10:00   | D-3
            D21         | O21      | 600.00 | D-5 10:00   | D-5
        """,
        postings="""
            posting_id | kind      | reverses | loan_id | channel | amount  | posted_at
            P13        | repayment | -        | L1      | -       | 300.00  | D-4 11:00
            P22        | repayment | -        | L2      | -       | 400.00  | D-3 11:00
            P31        | repayment | -        | L3      | alipay  | 400.00  | D-4 11:00
            P32        | repayment | -        | L3      | alipay  | 600.00  | D-3 11:00
            R32        | reversal  | P32      | L3      | alipay  | 600.00  | D-1 11:00
            P41        | repayment | -        | L4      | -       | 1000.00 | D-5 11:00
        """,
    ).shows(
        "breaks.late_stretches",
        """
        entry_id | from_day | until_day | is_over | covered_on | is_in_time | is_explained | charged
        L1/1     | D-5      | D-4       | false   | -          | false      | false        | 0.00
        L1/1     | D-4      | D-3       | true    | -          | false      | false        | 0.00
        L1/1     | D-3      | D-2       | true    | D-5        | true       | false        | 0.00
        L1/1     | D-2      | -         | true    | D-5        | true       | false        | 5.00
        L2/1     | D-5      | D-4       | false   | -          | false      | false        | 0.00
        L2/1     | D-4      | D-3       | true    | -          | false      | false        | 0.00
        L2/1     | D-3      | D-2       | true    | D-3        | false      | false        | 0.00
        L2/1     | D-2      | D-1       | true    | D-3        | false      | false        | 5.00
        L2/1     | D-1      | -         | true    | D-3        | false      | false        | 11.00
        L3/1     | D-5      | D-4       | false   | -          | false      | true         | 0.00
        L3/1     | D-4      | D-3       | true    | -          | false      | true         | 0.00
        L3/1     | D-3      | D-2       | true    | -          | false      | false        | 0.00
        L3/1     | D-2      | D-1       | true    | -          | false      | false        | 5.00
        L3/1     | D-1      | -         | true    | -          | false      | true         | 5.00
        L4/1     | D-5      | D-4       | false   | D-5        | true       | false        | 0.00
        L4/1     | D-4      | D-2       | true    | D-5        | true       | false        | 0.00
        L4/1     | D-2      | -         | true    | D-5        | true       | false        | 5.00
        L5/1     | D        | -         | false   | -          | false      | true         | 5.00
        """,
    )
