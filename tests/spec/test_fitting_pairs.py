"""Which debit and which posting fitted each other by loan and amount."""

from tests.spec.harness import given

RELATION = "breaks.fitting_pairs"


def test_loans_are_asked_about_on_which_a_debit_or_a_posting_without_a_number_is_open() -> None:
    given(
        debit_orders="""
            order_no | loan_id | instalment_no
            O11      | L1      | 1            
            O12      | L1      | 2            
            O21      | L2      | 1            
            O22      | L2      | 2            
            O4       | L4      | 1            
            O6       | L6      | 1            
            O9       | L9      | 1            
            O10      | L10     | 1            
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D11         | O11      | D-5 10:00
            D12         | O12      | D-5 10:00
            D22         | O22      | D-5 10:00
            D4          | O4       | D-5 10:00
            D6          | O6       | D-5 10:00
            D9          | O9       | D-5 10:00
            D10         | O10      | D-5 10:00
        """,
        postings="""
    posting_id | kind      | reverses | order_no | channel  | loan_id | instalment_no | posted_at
    P1         | repayment | -        | -        | alipay   | L1      | 3             | D-5 11:00
    P21        | repayment | -        | O21      | alipay   | L2      | 1             | D-5 11:00
    P22        | repayment | -        | -        | alipay   | L2      | 2             | D-5 11:00
    P6         | repayment | -        | -        | alipay   | L6      | 1             | D-5 11:00
    P9         | repayment | -        | -        | alipay   | L9      | 2             | D-5 09:00
    R9         | reversal  | P9       | -        | alipay   | L9      | 2             | D-3 09:00
    Q9         | repayment | -        | O9       | unionpay | L9      | 1             | D-4 09:00
    P10        | repayment | -        | -        | alipay   | L10     | 1             | D-4 10:00
    R10        | reversal  | P10      | -        | alipay   | L10     | 1             | D-3 10:00
    Q10        | repayment | -        | -        | -        | L10     | 1             | D-4 10:00
    P11        | repayment | -        | -        | alipay   | L10     | 1             | D-4 10:01
    R11        | reversal  | P11      | -        | alipay   | L10     | 1             | D-2 10:00
    P12        | repayment | -        | -        | alipay   | L10     | 1             | D-4 10:00
    R12        | reversal  | P12      | -        | alipay   | L10     | 1             | D-4 11:00
        """,
    ).shows(
        RELATION,
        """
        debit_id | posting_id | is_late | from_day | until_day
        D9       | P9         | false   | D-5      | D-3
        D10      | P10        | false   | D-4      | D-3
        D10      | P11        | true    | D-4      | D-2
        """,
    )


def test_loans_of_more_than_a_hundred_debits_are_not_asked_about() -> None:
    loans = (
        ("L1", "kakadai", 100, "D-3 11:00"),
        ("L2", "kakadai", 101, "D-3 11:00"),
        ("L3", "kakadai", 60, "D-3 11:00"),
        ("L3", "bobodai", 60, "D-3 11:00"),
        ("L1", "bobodai", 1, "D+1 11:00"),
    )
    debits = [
        (loan, lender, f"{lender}-{loan}-{number}", 1 if number else 500)
        for loan, lender, count, _ in loans
        for number in range(count)
    ]
    given(
        debit_orders="order_no | loan_id | lender\n"
        + "\n".join(f"{name} | {loan} | {lender}" for loan, lender, name, _ in debits),
        settlement="channel_ref | order_no | amount | happened_at\n"
        + "\n".join(f"{name} | {name} | {amount} | D-5 10:00" for _, _, name, amount in debits),
        postings="posting_id | kind | reverses | loan_id | lender | amount | posted_at\n"
        + "\n".join(
            f"P{loan} | repayment | - | {loan} | {lender} | 500 | D-5 11:00\n"
            f"R{loan} | reversal | P{loan} | {loan} | {lender} | 500 | {undone_at}"
            for loan, lender, _, undone_at in loans
        ),
    ).shows(
        RELATION,
        """
        debit_id     | posting_id | from_day | until_day
        kakadai-L1-0 | PL1        | D-5      | D-3
        kakadai-L3-0 | PL3        | D-5      | D-3
        bobodai-L3-0 | PL3~2      | D-5      | D-3
        """,
    )
