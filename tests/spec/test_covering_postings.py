"""Channel postings that themselves count towards an instalment, and with how much."""

from tests.spec.harness import given


def test_postings_of_a_loans_payoff_count_for_what_its_debits_took_when_they_took_it() -> None:
    given(
        debit_orders="""
            order_no | loan_id | instalment_no | purpose    | channel
            O1       | L1      | -             | prepayment | alipay
            O2       | L2      | -             | prepayment | alipay
            O3       | L3      | -             | prepayment | alipay
            O4       | L4      | -             | prepayment | alipay
            O5       | L5      | -             | prepayment | alipay
            O6       | L6      | -             | prepayment | alipay
            O7       | L7      | 1             | instalment | alipay
            O8       | L8      | -             | prepayment | alipay
            O9       | L9      | 1             | overdue    | unionpay
            O10      | L10     | -             | prepayment | alipay
        """,
        settlement="""
            channel_ref | order_no | amount  | happened_at
            D1          | O1       | 1000.00 | D-5 10:00
            D2          | O2       | 1000.00 | D-5 10:00
            D3          | O3       | 1000.00 | D-5 10:00
            D4          | O4       | 1000.00 | D-5 10:00
            D5          | O5       | 1000.00 | D-5 10:00
            D6          | O6       | 1000.00 | D 10:00
            D7          | O7       | 1000.00 | D 10:00
            D81         | O8       | 500.00  | D-5 10:00
            D82         | O8       | 500.00  | D-5 10:00
            D83         | O8       | 500.00  | D-4 10:00
            D101        | O10      | 600.00  | D-5 10:00
            D102        | O10      | 600.00  | D-4 10:00
        """,
        instalments="loan_id | instalment_no\n"
        + "\n".join(f"L{loan} | {no}" for loan in range(1, 11) for no in (1, 2, 3)),
        postings="""
    posting_id | lender  | order_no | channel  | loan_id | instalment_no | amount  | posted_at
    P11        | kakadai | O1       | alipay   | L1      | 1             | 600.00  | D-4 11:00
    P12        | kakadai | O1       | alipay   | L1      | 2             | 700.00  | D-4 11:00
    P13        | kakadai | O1       | alipay   | L1      | 3             | 700.00  | D-4 12:00
    P2         | kakadai | O2       | alipay   | L2      | 1             | 600.00  | D-4 11:00
    P2         | bobodai | O2       | alipay   | L2      | 1             | 700.00  | D-4 11:00
    P31        | kakadai | O3       | alipay   | L3      | 1             | 1000.00 | D-4 11:00
    P32        | kakadai | O3       | alipay   | L3      | 2             | 600.00  | D-4 12:00
    P41        | kakadai | O4       | alipay   | L4      | 1             | 999.99  | D-4 11:00
    P42        | kakadai | O4       | alipay   | L4      | 2             | 600.00  | D-4 12:00
    P51        | kakadai | O5       | alipay   | L5      | 1             | 400.00  | D-4 11:00
    P52        | kakadai | O5       | alipay   | L5      | 2             | 600.00  | D-4 12:00
    P6         | kakadai | O6       | alipay   | L6      | 1             | 600.00  | D 11:00
    P7         | kakadai | O7       | alipay   | L7      | 1             | 600.00  | D 11:00
    P81        | kakadai | O8       | alipay   | L8      | 1             | 900.00  | D-4 11:00
    P82        | kakadai | O8       | alipay   | L8      | 2             | 600.00  | D-4 12:00
    P10        | kakadai | O10      | alipay   | L10     | 1             | 600.00  | D-4 11:00
    P9         | kakadai | O9       | unionpay | L9      | 1             | 600.00  | D 23:30
        """,
    ).shows(
        "breaks.covering_postings",
        """
        entry_id | amount  | counts_on
        P11      | 600.00  | D-5
        P12      | 400.00  | D-5
        P2       | 300.00  | D-5
        P31      | 1000.00 | D-5
        P41      | 999.99  | D-5
        P42      | 0.01    | D-5
        P51      | 400.00  | D-5
        P52      | 600.00  | D-5
        P6       | 600.00  | D
        P81      | 900.00  | D-5
        P82      | 100.00  | D-5
        P82      | 500.00  | D-4
        P10      | 600.00  | D-5
        P9       | 600.00  | D
        """,
    )
