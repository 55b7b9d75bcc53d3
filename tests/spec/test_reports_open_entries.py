"""reports.open_entries: what lies between open entries as they are read and as they are listed."""

from tests.spec.harness import given
from tests.spec.stored_day import break_id


def test_what_is_listed_otherwise_than_read_is_told_by_channel_and_by_lender() -> None:
    decisions = "\n".join(
        f"{break_id(*each)} | {lender}"
        for each, lender in (
            (("debit_not_posted", "debit:unionpay:D6"), "kakadai"),
            (("posting_without_debit", "posting:kakadai:P7"), "kakadai"),
            (("posting_without_debit", "posting:kakadai:P8"), "kakadai"),
            (("value_date_late", "posting:kakadai:P1"), "kakadai"),
        )
    )
    given(
        instalments="instalment_no | due_date\n1 | D-9",
        debit_orders="""
            order_no | channel  | instalment_no | requested_at
            O1       | alipay   | 1             | D-5 09:00:00
            O2       | alipay   | 1             | D-5 09:30:00
            O3       | alipay   | 3             | D-5 09:00:00
            O6       | unionpay | 6             | D-5 09:00:00
        """,
        # D2 takes what D1 had paid, both are posted; of D3 a part was given back
        settlement="""
            channel  | channel_ref | order_no | kind   | original_ref | amount  | happened_at
            alipay   | D1          | O1       | debit  | -            | 1000.00 | D-5 10:00:00
            alipay   | D2          | O2       | debit  | -            | 1000.00 | D-5 11:00:00
            alipay   | F2          | O2       | refund | D2           | 1.00    | D-5 12:00:00
            alipay   | D3          | O3       | debit  | -            | 300.00  | D-5 10:00:00
            alipay   | F3          | O3       | refund | D3           | 20.00   | D-5 11:00:00
            unionpay | D6          | O6       | debit  | -            | 40.00   | D-5 10:00:00
        """,
        postings="""
            posting_id | order_no | instalment_no | amount  | posted_at    | value_date
            P1         | O1       | 1             | 1000.00 | D-5 11:00:00 | D-4
            P2         | O2       | 1             | 999.00  | D-5 12:00:00 | D-5
            P7         | X7       | 7             | 5.00    | D-5 12:00:00 | D-5
            P8         | X8       | 8             | 0.60    | D-5 12:00:00 | D-5
        """,
        files="""
            channel  | file_date
            alipay   | D-6
            unionpay | D-6
        """,
        materiality="one_name_up_to\n5000.00",
        decisions="break_id | lender\n" + decisions,
    ).shows(
        "reports.decided",
        """
        category              | subject
        debit_not_posted      | debit:unionpay:D6
        posting_without_debit | posting:kakadai:P7
        posting_without_debit | posting:kakadai:P8
        value_date_late       | posting:kakadai:P1
        """,
        ordered=True,
    ).shows(
        "reports.open_entries",
        """
        scope   | name     | matched_breaks | decided_breaks
        channel | alipay   | 1              | 0
        channel | unionpay | 0              | 1
        lender  | kakadai  | 0              | 2
        """,
        ordered=True,
    ).shows(
        "reports.open_entries",
        """
        name     | matched_amount | decided_amount | given_back
        alipay   | 999.00         | 0.00           | 20.00
        unionpay | 0.00           | 40.00          | 0.00
        kakadai  | 0.00           | 5.60           | 0.00
        """,
    )


def test_a_channel_of_which_only_matches_are_listed_has_nothing_given_back() -> None:
    given(
        instalments="instalment_no | due_date\n1 | D-3",
        debit_orders="order_no | requested_at\nO1 | D-3 09:00:00\nO2 | D-3 09:30:00",
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-3 10:00:00
            D2          | O2       | D-3 11:00:00
        """,
        postings="""
            posting_id | order_no | posted_at
            P1         | O1       | D-3 11:00:00
            P2         | O2       | D-3 12:00:00
        """,
    ).shows(
        "reports.open_entries",
        """
        name   | matched_breaks | matched_amount | given_back
        alipay | 1              | 1000.00        | 0.00
        """,
    )
