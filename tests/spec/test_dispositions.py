"""Contract 6.2: every line and posting ends in exactly one place, and says why."""

from tests.spec.harness import given

EXCLUDED = "breaks.excluded_entries"


def test_lines_that_are_no_debits_are_excluded_as_what_they_are() -> None:
    given(
        settlement="""
            channel_ref | kind     | outcome   | original_ref
            D1          | debit    | succeeded | -
            D2          | debit    | failed    | -
            D3          | debit    | unknown   | -
            F1          | refund   | succeeded | X9
            F2          | reversal | succeeded | X9
            F3          | refund   | failed    | X9
            F4          | reversal | unknown   | X9
        """
    ).shows(
        EXCLUDED,
        """
            entry_id | side  | why      | subject
            D2       | debit | failed   | line:alipay:debit:D2
            D3       | debit | unknown  | line:alipay:debit:D3
            F1       | debit | refund   | line:alipay:refund:F1
            F2       | debit | reversal | line:alipay:reversal:F2
            F3       | debit | failed   | line:alipay:refund:F3
            F4       | debit | unknown  | line:alipay:reversal:F4
        """,
    )


def test_a_debit_given_back_in_full_is_excluded_as_reversed() -> None:
    given(
        settlement="""
            channel_ref | kind   | original_ref | amount
            D1          | debit  | -            | 1000.00
            D2          | debit  | -            | 1000.00
            F1          | refund | D1           | 1000.00
            F2          | refund | D2           |  999.99
        """
    ).shows(
        EXCLUDED,
        """
            entry_id | side  | why      | subject
            D1       | debit | reversed | debit:alipay:D1
            F1       | debit | refund   | line:alipay:refund:F1
            F2       | debit | refund   | line:alipay:refund:F2
        """,
    )


def test_an_undone_posting_and_its_reversal_are_excluded_as_undone() -> None:
    given(
        postings="""
            posting_id | kind      | reverses | channel | order_no
            P1         | repayment | -        | alipay  | O1
            P2         | reversal  | P1       | alipay  | O1
            P3         | repayment | -        | -       | -
            P4         | reversal  | P3       | -       | -
            P5         | repayment | -        | alipay  | O1
        """
    ).shows(
        EXCLUDED,
        """
            entry_id | side    | why    | subject
            P1       | posting | undone | posting:kakadai:P1
            P2       | posting | undone | posting:kakadai:P2
            P3       | posting | undone | posting:kakadai:P3
            P4       | posting | undone | posting:kakadai:P4
        """,
    )


def test_a_posting_outside_any_channel_is_excluded() -> None:
    given(
        postings="""
            posting_id | channel | order_no
            P1         | -       | -
            P2         | -       | O1
            P3         | alipay  | -
        """
    ).shows(EXCLUDED, "entry_id | why\nP1 | not_a_channel_repayment")


def test_every_line_and_posting_ends_in_exactly_one_place() -> None:
    given(
        instalments="instalment_no\n1",
        debit_orders="order_no\nO1\nO2",
        settlement="""
            channel_ref | kind   | order_no | original_ref | outcome   | happened_at
            D1          | debit  | O1       | -            | succeeded | D-2 10:00
            D2          | debit  | O2       | -            | succeeded | D-2 10:01
            D3          | debit  | X3       | -            | succeeded | D-2 10:00
            D4          | debit  | X4       | -            | succeeded | D 10:00
            D5          | debit  | X5       | -            | succeeded | D-2 10:00
            D6          | debit  | X6       | -            | failed    | D-2 10:00
            D7          | debit  | X7       | -            | succeeded | D 10:00
            F5          | refund | -        | D5           | succeeded | D-2 10:00
        """,
        postings="""
            posting_id | order_no | channel | kind      | reverses | amount  | posted_at
            P1         | O1       | alipay  | repayment | -        | 1000.00 | D-2 11:00
            P2         | O2       | alipay  | repayment | -        | 1000.00 | D-2 11:00
            P3         | X9       | alipay  | repayment | -        |    3.00 | D-2 11:00
            P4         | X9       | alipay  | repayment | -        |    3.00 | D-2 11:00
            P5         | X9       | alipay  | reversal  | P4       |    3.00 | D-2 11:00
            P6         | -        | -       | repayment | -        |    3.00 | D-2 11:00
            P7         | X7       | alipay  | repayment | -        |    3.00 | D 11:00
        """,
    ).shows(
        "breaks.dispositions",
        """
            entry_id | amount  | matched | in_transit | open | excluded
            D1       | 1000.00 | 1       | 0          | 0    | 0
            D2       | 1000.00 | 1       | 0          | 0    | 0
            D3       | 1000.00 | 0       | 0          | 1    | 0
            D4       | 1000.00 | 0       | 1          | 0    | 0
            D5       | 1000.00 | 0       | 0          | 0    | 1
            D6       | 1000.00 | 0       | 0          | 0    | 1
            D7       | 1000.00 | 0       | 1          | 0    | 0
            F5       | 1000.00 | 0       | 0          | 0    | 1
            P1       | 1000.00 | 1       | 0          | 0    | 0
            P2       | 1000.00 | 1       | 0          | 0    | 0
            P3       |    3.00 | 0       | 0          | 1    | 0
            P4       |    3.00 | 0       | 0          | 0    | 1
            P5       |    3.00 | 0       | 0          | 0    | 1
            P6       |    3.00 | 0       | 0          | 0    | 1
            P7       |    3.00 | 0       | 1          | 0    | 0
        """,
    )
