"""Since when a debit or a posting is one too many, told from what counted day by day."""

from tests.spec.harness import given

THREE_DAYS = "channel | posting_window_hours\nalipay | 72"


def test_a_second_debit_is_judged_once_booked_but_no_later_than_its_window() -> None:
    given(
        channels=THREE_DAYS,
        instalments="""
            loan_id | instalment_no | principal_due | interest_due
            L1      | 1             | 900.00        | 100.00
            L2      | 1             | 900.00        | 100.00
            L3      | 1             | 900.00        | 100.00
            L4      | 1             | 900.00        | 100.00
            L5      | 1             | 900.00        | 100.00
            L6      | 1             | 900.00        | 100.00
            L7      | 1             | 0.00          | 0.00
        """,
        debit_orders="order_no | loan_id | requested_at\n"
        + "\n".join(f"O{loan}{no} | L{loan} | D-5 09:00" for loan in range(1, 8) for no in (1, 2)),
        settlement="""
            channel_ref | kind   | order_no | original_ref | amount  | happened_at
            D11         | debit  | O11      | -            | 1000.00 | D-5 10:00
            D12         | debit  | O12      | -            | 1000.00 | D-5 12:00
            F12         | refund | -        | D12          | 100.00  | D-4 12:00
            D21         | debit  | O21      | -            | 1000.00 | D-5 10:00
            D22         | debit  | O22      | -            | 1000.00 | D-5 12:00
            D31         | debit  | O31      | -            | 1000.00 | D-5 10:00
            D32         | debit  | O32      | -            | 1000.00 | D-5 12:00
            D41         | debit  | O41      | -            | 1000.00 | D-5 10:00
            D42         | debit  | O42      | -            | 1000.00 | D-5 12:00
            D51         | debit  | O51      | -            | 1000.00 | D-5 10:00
            D52         | debit  | O52      | -            | 1000.00 | D-5 12:00
            D61         | debit  | O61      | -            | 1000.00 | D-5 10:00
            D62         | debit  | O62      | -            | 1000.00 | D-5 12:00
            D71         | debit  | O71      | -            | 1000.00 | D-5 10:00
            D72         | debit  | O72      | -            | 1000.00 | D-5 12:00
        """,
        postings="""
            posting_id | kind      | reverses | order_no | loan_id | amount  | posted_at
            P11        | repayment | -        | O11      | L1      | 1000.00 | D-5 13:00
            P12        | repayment | -        | O12      | L1      | 1000.00 | D-5 13:00
            R12        | reversal  | P12      | O12      | L1      | 1000.00 | D-4 13:00
            Q12        | repayment | -        | O12      | L1      | 900.00  | D-4 13:00
            P21        | repayment | -        | O21      | L2      | 1000.00 | D-5 13:00
            P22        | repayment | -        | O22      | L2      | 400.00  | D-5 13:00
            Q22        | repayment | -        | O22      | L2      | 300.00  | D-4 13:00
            S22        | repayment | -        | O22      | L2      | 300.00  | D-3 13:00
            P31        | repayment | -        | O31      | L3      | 1000.00 | D-5 13:00
            P32        | repayment | -        | -        | L3      | 1000.00 | D-4 13:00
            R32        | reversal  | P32      | -        | L3      | 1000.00 | D-2 13:00
            P41        | repayment | -        | O41      | L4      | 1000.00 | D-5 13:00
            P42        | repayment | -        | -        | L4      | 1000.00 | D-4 13:00
            R42        | reversal  | P42      | -        | L4      | 1000.00 | D-3 13:00
            P51        | repayment | -        | O51      | L5      | 1000.00 | D-5 13:00
            P61        | repayment | -        | O61      | L6      | 1000.00 | D-5 13:00
            P62        | repayment | -        | -        | L6      | 1000.00 | D-1 13:00
            R62        | reversal  | P62      | -        | L6      | 1000.00 | D 13:00
        """,
    ).shows(
        "breaks.duplicate_debit",
        """
        entry_id | refund  | true_since
        D12      | 900.00  | D-5
        D22      | 1000.00 | D-3
        D32      | 1000.00 | D-4
        D42      | 1000.00 | D-2
        D52      | 1000.00 | D-2
        D62      | 1000.00 | D-2
        D71      | 1000.00 | D-2
        D72      | 1000.00 | D-2
        """,
    )


AGAIN = {
    "debit_orders": """
        order_no | loan_id | channel
        O1       | L1      | alipay
        O2       | L2      | alipay
        O3       | L3      | alipay
        O4       | L4      | alipay
        O5       | L5      | alipay
        O6       | L6      | alipay
        O6       | L6      | unionpay
    """,
    "settlement": """
    channel  | channel_ref | kind   | order_no | original_ref | amount  | happened_at | settle_date
    alipay   | D1          | debit  | O1       | -            | 1000.00 | D-9 10:00   | D-9
    alipay   | E1          | debit  | O1       | -            | 600.00  | D-9 10:00   | D-9
    alipay   | F1          | refund | -        | E1           | 600.00  | D-2 10:00   | D-2
    alipay   | D2          | debit  | O2       | -            | 1000.00 | D-9 10:00   | D-9
    alipay   | E2          | debit  | O2       | -            | 1400.00 | D-9 10:00   | D-9
    alipay   | F2          | refund | -        | E2           | 1400.00 | D-2 10:00   | D-2
    alipay   | D3          | debit  | O3       | -            | 1000.00 | D-9 10:00   | D-9
    alipay   | F3          | refund | -        | D3           | 1000.00 | D-4 10:00   | D-4
    alipay   | E3          | debit  | O3       | -            | 1000.00 | D-9 10:00   | D-4
    alipay   | D4          | debit  | O4       | -            | 1000.00 | D-9 10:00   | D-9
    alipay   | D5          | debit  | O5       | -            | 1000.00 | D-9 10:00   | D-9
    alipay   | E5          | debit  | O5       | -            | 600.00  | D-9 10:00   | D-9
    alipay   | F5          | refund | -        | E5           | 600.00  | D-2 10:00   | D-2
    alipay   | D6          | debit  | O6       | -            | 1000.00 | D-9 10:00   | D-9
    unionpay | U6          | debit  | O6       | -            | 1000.00 | D-9 10:00   | D-9
    unionpay | V6          | debit  | O6       | -            | 1000.00 | D-9 10:00   | D-9
    unionpay | F6          | refund | -        | V6           | 400.00  | D-4 10:00   | D-4
    unionpay | G6          | refund | -        | V6           | 600.00  | D-1 10:00   | D-1
    """,
    "postings": """
posting_id | lender  | kind      | reverses | order_no | channel  | loan_id | amount  | posted_at
P11        | kakadai | repayment | -        | O1       | alipay   | L1      | 1000.00 | D-9 11:01
P12        | kakadai | repayment | -        | O1       | alipay   | L1      | 1000.00 | D-9 11:02
P13        | kakadai | repayment | -        | O1       | alipay   | L1      | 1000.00 | D-9 11:03
P21        | kakadai | repayment | -        | O2       | alipay   | L2      | 1000.00 | D-9 11:01
P22        | kakadai | repayment | -        | O2       | alipay   | L2      | 1000.00 | D-9 11:02
P23        | kakadai | repayment | -        | O2       | alipay   | L2      | 1000.00 | D-9 11:03
P31        | kakadai | repayment | -        | O3       | alipay   | L3      | 1000.00 | D-9 11:01
P32        | kakadai | repayment | -        | O3       | alipay   | L3      | 1000.00 | D-9 11:02
P41        | kakadai | repayment | -        | O4       | alipay   | L4      | 1000.00 | D-9 11:01
P41        | bobodai | repayment | -        | O4       | alipay   | L4      | 1000.00 | D-9 11:01
P42        | kakadai | repayment | -        | O4       | alipay   | L4      | 1000.00 | D-2 11:00
R42        | kakadai | reversal  | P42      | O4       | alipay   | L4      | 1000.00 | D-1 11:00
P50        | kakadai | repayment | -        | O5       | alipay   | L5      | 600.00  | D-9 11:00
R50        | kakadai | reversal  | P50      | O5       | alipay   | L5      | 600.00  | D-2 11:00
P51        | kakadai | repayment | -        | O5       | alipay   | L5      | 1000.00 | D-9 11:01
P52        | kakadai | repayment | -        | O5       | alipay   | L5      | 1000.00 | D-9 11:02
P61        | kakadai | repayment | -        | O6       | alipay   | L6      | 1000.00 | D-9 11:01
P62        | kakadai | repayment | -        | O6       | alipay   | L6      | 1000.00 | D-9 11:02
P63        | kakadai | repayment | -        | O6       | alipay   | L6      | 1000.00 | D-3 11:00
R63        | kakadai | reversal  | P63      | O6       | alipay   | L6      | 1000.00 | D-1 11:00
U61        | kakadai | repayment | -        | O6       | unionpay | L6      | 1000.00 | D-9 11:01
U62        | kakadai | repayment | -        | O6       | unionpay | L6      | 1000.00 | D-9 11:02
    """,
}


def test_a_posting_was_one_too_many_since_there_was_no_debit_of_its_amount_for_it() -> None:
    given(**AGAIN).shows(
        "breaks.duplicate_posting",
        """
        entry_id | true_since
        P12      | D-2
        P13      | D-2
        P22      | D-2
        P23      | D-2
        P32      | D-8
        P41      | D-8
        P52      | D-2
        P62      | D-8
        U62      | D-1
        """,
    )


def test_what_counted_for_an_order_booked_again_on_its_channel_day_by_day() -> None:
    given(
        settlement="""
    channel  | channel_ref | kind   | order_no | original_ref | amount  | happened_at | settle_date
    alipay   | D1          | debit  | O1       | -            | 1000.00 | D-9 10:00   | D-9
    alipay   | E1          | debit  | O1       | -            | 1000.00 | D-9 10:00   | D-9
    alipay   | F1          | refund | -        | E1           | 999.99  | D-4 10:00   | D-4
    alipay   | G1          | refund | -        | E1           | 0.01    | D-2 10:00   | D-2
    alipay   | D2          | debit  | O2       | -            | 1000.00 | D-9 10:00   | D-9
    unionpay | D3          | debit  | O1       | -            | 1000.00 | D-9 10:00   | D-9
        """,
        postings="""
    posting_id | kind      | reverses | order_no | channel  | amount  | posted_at
    P11        | repayment | -        | O1       | alipay   | 1000.00 | D-9 11:00
    P12        | repayment | -        | O1       | alipay   | 1000.00 | D-8 11:00
    P13        | repayment | -        | O1       | alipay   | 1000.00 | D-8 11:00
    R13        | reversal  | P13      | O1       | alipay   | 1000.00 | D-7 11:00
    P14        | repayment | -        | O1       | alipay   | 1000.00 | D-8 11:00
    R14        | reversal  | P14      | O1       | alipay   | 1000.00 | D-8 12:00
    P21        | repayment | -        | O2       | alipay   | 1000.00 | D-9 11:00
    P22        | repayment | -        | O2       | alipay   | 1000.00 | D-8 11:00
    R22        | reversal  | P22      | O2       | alipay   | 1000.00 | D-7 11:00
    P31        | repayment | -        | O1       | unionpay | 1000.00 | D-9 11:00
    P32        | repayment | -        | O1       | unionpay | 1000.00 | D-8 11:00
    R32        | reversal  | P32      | O1       | unionpay | 1000.00 | D-7 11:00
        """,
    ).shows(
        "breaks.booked_again_entries",
        """
        entry_id | is_posting | amount  | from_day | until_day
        D1       | false      | 1000.00 | D-9      | -
        E1       | false      | 1000.00 | D-9      | D-4
        E1       | false      | 0.01    | D-4      | D-2
        P11      | true       | 1000.00 | D-9      | -
        P12      | true       | 1000.00 | D-8      | -
        P13      | true       | 1000.00 | D-8      | D-7
        """,
    )
