"""reports.gone_lines: the delivered lines that concern a break that is gone."""

from tests.spec.harness import given

STORED = """
    break_id | subject      | lender  | channel | loan_id | instalment_no | posting_id | order_no
    a        | posting:-    | kakadai | -       | L1      | 1             | P1         | -
    b        | instalment:- | kakadai | -       | L1      | 1             | -          | -
    c        | order:-      | kakadai | alipay  | L9      | 1             | -          | O1
"""


def test_lines_of_a_posting_are_those_of_its_lender_loan_number_or_order_each_once() -> None:
    given(
        debit_orders="order_no | loan_id\nO1 | L9",
        postings="""
            lender  | posting_id | loan_id | instalment_no | order_no | channel  | reverses
            kakadai | P1         | L1      | 1             | O1       | alipay   | -
            kakadai | P2         | L1      | 2             | -        | alipay   | -
            kakadai | P3         | L2      | 1             | -        | alipay   | P1
            kakadai | P4         | L2      | 1             | O1       | -        | -
            kakadai | P5         | L2      | 1             | O1       | unionpay | -
            other   | P1         | L1      | 1             | -        | alipay   | -
            other   | P6         | L3      | 1             | -        | alipay   | P1
            other   | P7         | L3      | 1             | O1       | alipay   | -
        """,
        stored_breaks=STORED,
    ).shows(
        "reports.gone_posting_lines",
        """
        break_id | source_id | is_own
        a        | P1        | true
        a        | P2        | false
        a        | P3        | true
        b        | P1        | true
        b        | P2        | false
        c        | P1        | true
        c        | P4        | true
        """,
    )


def test_lines_of_an_order_are_those_of_its_lender() -> None:
    given(
        debit_orders="""
            lender  | order_no | channel
            kakadai | O1       | alipay
            other   | O1       | alipay
        """,
        stored_breaks="""
            break_id | subject | lender  | channel | order_no
            a        | order:- | kakadai | alipay  | O1
        """,
    ).shows("reports.gone_order_lines", "break_id | source_id\na | alipay/O1")


def test_a_status_says_since_when_the_loan_is_overdue_from_its_first_day_past_due_on() -> None:
    given(
        account_status="""
            as_of | app_status | days_past_due
            D     | overdue    | 1
            D-1   | normal     | 0
        """,
        stored_breaks="""
            break_id | subject      | lender  | loan_id | instalment_no
            a        | instalment:- | kakadai | L1      | 1
        """,
    ).shows(
        "reports.gone_records",
        """
        kind   | word    | said
        status | overdue | (2026-03-08, overdue, none, NULL)
        status | normal  | (NULL, normal, none, NULL)
        """,
    )


def test_lines_of_a_debit_are_its_own_those_of_its_orders_and_what_names_them() -> None:
    given(
        debit_orders="order_no | channel\nO1 | alipay\nO2 | alipay",
        settlement="""
            channel  | channel_ref | order_no | kind     | original_ref
            alipay   | D1          | O2       | debit    | -
            unionpay | D1          | O9       | debit    | -
            alipay   | D2          | -        | refund   | D1
            unionpay | D3          | -        | refund   | D1
            alipay   | D4          | O1       | reversal | -
            alipay   | D5          | -        | reversal | D4
            alipay   | D6          | O2       | debit    | -
            alipay   | D7          | O8       | debit    | -
        """,
        stored_breaks="""
            break_id | subject | lender  | channel | channel_ref | order_no | loan_id
            a        | debit:- | kakadai | alipay  | D1          | O1       | L1
        """,
    ).shows(
        "reports.gone_channel_lines",
        """
        source_id | is_own
        D1        | true
        D2        | true
        D4        | true
        D5        | true
        D6        | false
        """,
    )
