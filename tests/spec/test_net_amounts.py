"""Contract section 6: what is a debit, what is left of it, and which postings stand."""

from tests.spec.harness import given


def test_a_debit_is_a_settlement_line_of_kind_debit_that_succeeded() -> None:
    given(
        settlement="""
            channel_ref | kind     | outcome
            D1          | debit    | succeeded
            D2          | debit    | failed
            D3          | debit    | unknown
            D4          | refund   | succeeded
            D5          | reversal | succeeded
        """
    ).shows("staging.debits", "channel_ref\nD1")


def test_a_succeeded_refund_or_reversal_takes_its_amount_off_the_debit_it_names() -> None:
    given(
        settlement="""
            channel_ref | kind     | original_ref | amount  | outcome
            D1          | debit    | -            | 1000.00 | succeeded
            D2          | debit    | -            | 1000.00 | succeeded
            D3          | debit    | -            | 1000.00 | succeeded
            F1          | refund   | D1           |  300.00 | succeeded
            F2          | refund   | D1           |  100.00 | succeeded
            F3          | reversal | D2           | 1000.00 | succeeded
            F4          | refund   | D3           |  300.00 | failed
            F5          | reversal | D3           |  300.00 | unknown
        """
    ).shows("staging.debits", "channel_ref | net\nD1 | 600.00\nD2 | 0.00\nD3 | 1000.00")


def test_a_refund_that_names_no_debit_takes_off_the_debit_of_its_order_no() -> None:
    given(
        settlement="""
            channel_ref | kind   | original_ref | order_no | amount
            D1          | debit  | -            | O1       | 1000.00
            D2          | debit  | -            | O2       | 1000.00
            D3          | debit  | -            | O3       | 1000.00
            F1          | refund | -            | O1       |  300.00
            F2          | refund | X9           | O2       |  400.00
            F3          | refund | X9           | -        |  500.00
            F4          | refund | D1           | O3       |   50.00
        """
    ).shows("staging.debits", "channel_ref | net\nD1 | 650.00\nD2 | 600.00\nD3 | 1000.00")


def test_a_refund_by_order_no_takes_off_the_latest_debit_before_it_first() -> None:
    given(
        settlement="""
            channel_ref | kind   | order_no | amount  | happened_at
            D1          | debit  | O1       | 1000.00 | D 08:00
            D2          | debit  | O1       | 1000.00 | D 09:00
            D3          | debit  | O1       | 1000.00 | D 11:00
            F1          | refund | O1       | 1200.00 | D 10:00
        """
    ).shows("staging.debits", "channel_ref | net\nD1 | 800.00\nD2 | 0.00\nD3 | 1000.00")


def test_a_refund_by_order_no_takes_only_what_a_named_refund_left() -> None:
    given(
        settlement="""
            channel_ref | kind   | order_no | original_ref | amount  | happened_at
            D1          | debit  | O1       | -            | 1000.00 | D 08:00
            D2          | debit  | O1       | -            | 1000.00 | D 09:00
            F1          | refund | O1       | D2           |  900.00 | D 10:00
            F2          | refund | O1       | -            |  300.00 | D 10:00
        """
    ).shows("staging.debits", "channel_ref | net\nD1 | 800.00\nD2 | 0.00")


def test_a_debit_that_failed_bears_no_refund() -> None:
    given(
        settlement="""
            channel_ref | kind   | order_no | amount  | happened_at | outcome
            D1          | debit  | O1       | 1000.00 | D 08:00     | succeeded
            D2          | debit  | O1       | 1000.00 | D 09:00     | failed
            F1          | refund | O1       |  300.00 | D 10:00     | succeeded
        """
    ).shows("staging.debits", "channel_ref | net\nD1 | 700.00")


def test_a_refund_reaches_debits_of_its_own_channel_only() -> None:
    given(
        settlement="""
            channel_ref | channel  | kind   | original_ref | order_no
            D1          | alipay   | debit  | -            | O1
            D2          | alipay   | debit  | -            | O2
            F1          | unionpay | refund | D1           | -
            F2          | unionpay | refund | -            | O2
        """
    ).shows("staging.debits", "channel_ref | net\nD1 | 1000.00\nD2 | 1000.00")


def test_a_refund_never_takes_off_more_than_the_debit() -> None:
    given(
        settlement="""
            channel_ref | kind   | original_ref | amount
            D1          | debit  | -            | 1000.00
            F1          | refund | D1           | 1000.01
        """
    ).shows("staging.debits", "channel_ref | net\nD1 | 0.00")


def test_a_refund_after_the_day_takes_nothing_off_yet() -> None:
    given(
        settlement="""
            channel_ref | kind   | original_ref | happened_at  | settle_date
            D1          | debit  | -            | D 10:00      | D
            F1          | refund | D1           | D+1 00:00:00 | D
        """
    ).shows("staging.debits", "channel_ref | net\nD1 | 1000.00")


def test_a_debit_knows_the_loan_and_instalment_of_its_order_at_its_channel() -> None:
    given(
        debit_orders="""
            order_no | channel  | loan_id | instalment_no
            O1       | alipay   | L1      | 3
            O2       | unionpay | L2      | 4
        """,
        settlement="""
            channel_ref | order_no
            D1          | O1
            D2          | O2
        """,
    ).shows(
        "staging.debits",
        """
            channel_ref | lender  | loan_id | instalment_no
            D1          | kakadai | L1      | 3
            D2          | -       | -       | -
        """,
    )


def test_a_repayment_undone_by_a_reversal_and_the_reversal_take_no_part() -> None:
    given(
        postings="""
            posting_id | kind      | reverses | lender
            P1         | repayment | -        | kakadai
            P2         | repayment | -        | kakadai
            P3         | reversal  | P2       | kakadai
            P4         | reversal  | P1       | bobodai
        """
    ).shows("staging.repayments", "posting_id\nP1")


def test_a_reversal_posted_after_the_day_undoes_nothing_yet() -> None:
    given(
        postings="""
            posting_id | kind      | reverses | posted_at
            P1         | repayment | -        | D 10:00
            P2         | reversal  | P1       | D+1 00:00:00
        """
    ).shows("staging.repayments", "posting_id\nP1")


def test_a_posting_without_channel_and_order_no_is_no_channel_repayment() -> None:
    given(
        postings="""
            posting_id | channel | order_no
            P1         | -       | -
            P2         | alipay  | -
            P3         | -       | O1
        """
    ).shows("staging.channel_repayments", "posting_id\nP2\nP3")


def test_a_posting_without_a_channel_takes_the_channel_of_its_debit_order() -> None:
    given(
        debit_orders="""
            order_no | channel  | lender
            O1       | unionpay | kakadai
            O2       | alipay   | bobodai
        """,
        postings="""
            posting_id | channel | order_no
            P1         | -       | O1
            P2         | -       | O2
            P3         | alipay  | O1
        """,
    ).shows(
        "staging.channel_repayments",
        """
            posting_id | channel
            P1         | unionpay
            P2         | -
            P3         | alipay
        """,
    )


def test_an_order_no_is_usable_when_the_lenders_orders_or_any_line_of_the_channel_know_it() -> None:
    given(
        debit_orders="""
            order_no | channel | lender
            O1       | alipay  | kakadai
            O2       | alipay  | bobodai
        """,
        settlement="""
            channel_ref | channel  | order_no | kind   | outcome
            D3          | alipay   | O3       | debit  | failed
            D4          | unionpay | O4       | debit  | succeeded
            F5          | alipay   | O5       | refund | unknown
        """,
        postings="""
            posting_id | channel | order_no
            P1         | alipay  | O1
            P2         | alipay  | O2
            P3         | alipay  | O3
            P4         | alipay  | O4
            P5         | alipay  | O5
            P6         | alipay  | -
            P7         | -       | O1
            P8         | -       | O4
            P9         | -       | O9
        """,
    ).shows(
        "staging.channel_repayments",
        """
            posting_id | channel  | has_usable_order
            P1         | alipay   | true
            P2         | alipay   | false
            P3         | alipay   | true
            P4         | alipay   | false
            P5         | alipay   | true
            P6         | alipay   | false
            P7         | alipay   | true
            P8         | unionpay | true
            P9         | -        | false
        """,
    )
