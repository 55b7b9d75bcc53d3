"""reports.in_transit and reports.excluded: the columns of a break, and why it is none."""

from tests.spec.harness import given
from tests.spec.stored_day import break_id


def test_what_waits_is_told_with_why_and_is_no_break() -> None:
    given(
        loans="""
            loan_id | borrower_ref
            L1      | B1
        """,
        instalments="""
            instalment_no
            1
        """,
        debit_orders="""
            order_no
            O1
        """,
        settlement="""
            channel_ref | order_no | amount
            D1          | O1       | 1000.00
        """,
        postings="""
            posting_id | order_no | instalment_no | channel   | amount
            P1         | X1       | 2             | wechatpay | 30.00
        """,
    ).shows(
        "reports.in_transit",
        """
        category   | subject            | borrower_ref | ledger_amount | channel_amount | difference
        in_transit | debit:alipay:D1    | B1           | -             | 1000.00        | -1000.00
        in_transit | posting:kakadai:P1 | B1           | 30.00         | -              | 30.00
        """,
        ordered=True,
    ).shows(
        "reports.in_transit",
        """
        subject            | liable | refund | sources
        debit:alipay:D1    | -      | -      | 2026-03-09/alipay.settlement.2026-03-09.csv:2;\
2026-03-09/kakadai.debit_orders.2026-03-09.csv:2
        posting:kakadai:P1 | -      | -      | 2026-03-09/kakadai.postings.2026-03-09.csv:2
        """,
    ).shows_nothing("reports.breaks")


def test_what_takes_no_part_is_told_with_why_sorted_by_subject() -> None:
    given(
        loans="""
            loan_id | borrower_ref
            L1      | B1
        """,
        settlement="""
            channel_ref | kind   | outcome   | original_ref | amount
            D2          | debit  | failed    | -            | 20.00
            D1          | debit  | succeeded | -            | 10.00
            F1          | refund | succeeded | D1           | 10.00
        """,
        postings="""
            posting_id | channel | amount
            P1         | -       | 5.00
        """,
        bank_receipts="""
            entry_ref | amount
            R1        | 7.00
        """,
    ).shows(
        "reports.excluded",
        """
        category | subject               | why                     | ledger_amount | channel_amount
        excluded | debit:alipay:D1       | reversed                | -             | 10.00
        excluded | line:alipay:debit:D2  | failed                  | -             | 20.00
        excluded | line:alipay:refund:F1 | refund                  | -             | 10.00
        excluded | posting:kakadai:P1    | not_a_channel_repayment | 5.00          | -
        excluded | receipt:kakadai:R1    | no_settlement_day       | 7.00          | -
        """,
        ordered=True,
    )


def test_a_loan_names_its_borrower_in_what_is_excluded() -> None:
    given(
        loans="""
            loan_id | borrower_ref
            L1      | B1
        """,
        instalments="""
            instalment_no | due_date
            1             | D-3
        """,
        postings="""
            posting_id | channel
            P1         | -
        """,
    ).shows(
        "reports.excluded",
        """
        subject            | borrower_ref | loan_id | instalment_no | due_date | sources
        posting:kakadai:P1 | B1           | L1      | 1             | D-3      | \
2026-03-09/kakadai.postings.2026-03-09.csv:2
        """,
    )


def test_an_open_entry_that_is_a_break_waits_no_more() -> None:
    given(
        settlement="""
            channel_ref | happened_at
            D1          | D-3 10:00:00
            D2          | D 10:00:00
        """,
    ).shows(
        "reports.in_transit",
        f"""
        break_id                                   | subject
        {break_id("in_transit", "debit:alipay:D2")} | debit:alipay:D2
        """,
    )


def test_a_receipt_of_a_day_without_a_file_is_told_from_one_of_no_day() -> None:
    given(
        settlement="channel_ref\nD1",
        bank_receipts="""
            entry_ref | settle_date | amount
            R1        | D-9         | 7.00
            R2        | -           | 8.00
            R3        | D           | 1000.00
        """,
    ).shows(
        "reports.excluded",
        f"""
        break_id                                         | category_zh | why
        {break_id("excluded", "receipt:kakadai:R1")} | 不参与勾对  | no_settlement_file
        {break_id("excluded", "receipt:kakadai:R2")} | 不参与勾对  | no_settlement_day
        """,
    )


def test_what_is_excluded_names_its_own_loan_instalment_and_line() -> None:
    given(
        loans="""
            lender  | loan_id | borrower_ref
            kakadai | L1      | B1
            kakadai | L2      | B2
            other   | L1      | B3
        """,
        instalments="""
            lender  | loan_id | instalment_no | due_date
            kakadai | L1      | 1             | D-1
            kakadai | L1      | 2             | D-2
            kakadai | L2      | 1             | D-3
            other   | L1      | 1             | D-4
        """,
        postings="""
            lender  | posting_id | channel | loan_id | instalment_no | path  | member
            kakadai | P1         | -       | L1      | 1             | a.zip | p.csv
            kakadai | P2         | -       | L1      | 2             | a.zip | p.csv
            kakadai | P3         | -       | L2      | 1             | a.zip | p.csv
            other   | P4         | -       | L1      | 1             | b.csv | -
        """,
    ).shows(
        "reports.excluded",
        """
        posting_id | borrower_ref | due_date | sources
        P1         | B1           | D-1      | a.zip!p.csv:2
        P2         | B1           | D-2      | a.zip!p.csv:3
        P3         | B2           | D-3      | a.zip!p.csv:4
        P4         | B3           | D-4      | b.csv:2
        """,
    )
