"""Channel postings that counted while their debit could still come, and do so no more."""

from tests.spec.harness import given

LOANS = range(1, 22)


def test_a_posting_counts_from_its_day_until_the_file_or_the_debit_or_the_reversal_is_there() -> (
    None
):
    given(
        channels="""
            channel   | cut_off | valid_from | valid_to
            alipay    | 24:00   | -          | -
            unionpay  | 24:00   | 2026-01-01 | 2026-03-04
            unionpay  | 23:00   | 2026-03-04 | 2026-03-06
            unionpay  | 24:00   | 2026-03-06 | -
            wechatpay | 23:00   | -          | -
        """,
        files="""
            channel   | file_date
            alipay    | D-6
            alipay    | D-5
            alipay    | D-4
            unionpay  | D-3
            wechatpay | D-5
        """,
        instalments="loan_id | lender | instalment_no | due_date\n"
        + "\n".join(f"L{loan} | kakadai | 1 | D-5" for loan in LOANS)
        + "\nL30 | bodai | 1 | D-5\nL40 | cadai | 1 | D-5",
        charges="loan_id | lender | charged_on\n"
        + "\n".join(f"L{loan} | kakadai | D-2" for loan in LOANS)
        + "\nL30 | bodai | D-2\nL40 | cadai | D-2",
        debit_orders="""
            order_no | channel  | lender  | loan_id | instalment_no | purpose
            O5       | unionpay | kakadai | L5      | 1             | overdue
            O6       | unionpay | kakadai | L6      | 1             | overdue
            O7       | unionpay | kakadai | L7      | 1             | overdue
            O8       | unionpay | kakadai | L8      | 1             | overdue
            O9       | unionpay | kakadai | L9      | 1             | overdue
            O17      | unionpay | kakadai | L17     | 2             | overdue
            O18      | unionpay | kakadai | L17     | 3             | overdue
            O19      | alipay   | kakadai | L19     | 1             | overdue
            O30      | alipay   | bodai | L30     | 1             | overdue
        """,
        settlement="""
            channel_ref | channel  | order_no | happened_at | settle_date
            D5          | unionpay | O5       | D-5 22:00   | D-5
            D6          | unionpay | O6       | D-5 22:00   | D-5
            E6          | unionpay | O6       | D-5 22:30   | D-4
            D7          | unionpay | O7       | D-5 22:00   | D-5
            D8          | unionpay | O8       | D-5 22:00   | D-4
            D9          | unionpay | O9       | D-4 00:30   | D-5
            D17         | unionpay | O17      | D-5 22:00   | D-5
            D18         | unionpay | O18      | D-5 22:00   | D-5
            D19         | alipay   | O19      | D-5 22:00   | D-5
            D20         | unionpay | O99      | D-5 22:00   | D-5
        """,
        postings="""
posting_id | kind      | reverses | lender | loan_id | channel   | order_no | posted_at | value_date
P1         | repayment | -        | -      | L1      | unionpay  | -        | D-5 23:30 | D-5
P2         | repayment | -        | -      | L2      | unionpay  | -        | D-5 23:30 | D-4
P3         | repayment | -        | -      | L3      | unionpay  | -        | D-5 23:30 | D-6
R3         | reversal  | P3       | -      | L3      | unionpay  | -        | D-4 12:00 | D-4
P4         | repayment | -        | -      | L4      | unionpay  | -        | D-5 23:30 | D-5
R4         | reversal  | P4       | -      | L4      | unionpay  | -        | D-5 23:40 | D-5
P5         | repayment | -        | -      | L5      | unionpay  | O5       | D-5 23:30 | D-5
P6         | repayment | -        | -      | L6      | unionpay  | O6       | D-5 23:30 | D-5
P7         | repayment | -        | -      | L7      | unionpay  | -        | D-5 23:30 | D-5
P8         | repayment | -        | -      | L8      | unionpay  | -        | D-5 23:30 | D-5
P9         | repayment | -        | -      | L9      | unionpay  | -        | D-5 23:30 | D-5
P10        | repayment | -        | -      | L10     | -         | X10      | D-5 23:30 | D-5
P11        | repayment | -        | -      | L11     | alipay    | -        | D-5 23:30 | D-5
P12        | repayment | -        | bodai  | L30     | -         | X12      | D-5 23:30 | D-5
P13        | repayment | -        | -      | L13     | -         | -        | D-5 23:30 | D-5
R13        | reversal  | P13      | -      | L13     | -         | -        | D-4 12:00 | D-4
P14        | repayment | -        | -      | L99     | unionpay  | -        | D-5 23:30 | D-5
P15        | repayment | -        | -      | L15     | unionpay  | -        | D-3 23:30 | D-3
P16        | repayment | -        | -      | L16     | unionpay  | -        | D-6 23:30 | D-6
P17        | repayment | -        | -      | L17     | unionpay  | -        | D-5 23:30 | D-5
P18        | repayment | -        | -      | L18     | unionpay  | -        | D-4 23:30 | D-4
P19        | repayment | -        | -      | L20     | unionpay  | O19      | D-5 23:30 | D-5
P20        | repayment | -        | -      | L21     | unionpay  | X20      | D-5 23:30 | D-5
P21        | repayment | -        | cadai  | L40     | wechatpay | -        | D-5 23:30 | D-5
P22        | repayment | -        | -      | L12     | otherpay  | -        | D-5 12:00 | D-5
R22        | reversal  | P22      | -      | L12     | otherpay  | -        | D-3 12:00 | D-3
        """,
    ).shows(
        "breaks.transits_over",
        """
        entry_id | from_day | until_day
        P1       | D-5      | D-4
        P3       | D-5      | D-4
        P8       | D-5      | D-4
        P9       | D-5      | D-4
        P10      | D-5      | D-4
        P18      | D-4      | D-3
        P19      | D-5      | D-4
        P20      | D-5      | D-4
        """,
    )
