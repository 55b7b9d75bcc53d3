"""breaks.evidence: the landed lines that show a finding to be true, and no others."""

from tests.spec.harness import given


def test_a_doubt_does_not_rest_on_a_pair_that_was_matched_beside_it() -> None:
    evidence = given(
        # the file that is landed first gives the doubt its number: that of D1
        files="file_date\nD-9",
        debit_orders="""
            order_no | instalment_no | requested_at
            O1       | 1             | D-9 09:00:00
            O2       | 2             | D-4 09:00:00
            O3       | 3             | D-4 09:00:00
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-9 10:00:00
            D2          | O2       | D-4 10:00:00
            D3          | O3       | D-4 12:00:00
        """,
        postings="""
            posting_id | instalment_no | posted_at
            P1         | 1             | D-9 11:00:00
            P2         | 4             | D-4 11:00:00
        """,
    )
    states = {row["entry_id"]: row["state"] for row in evidence.rows("matching.entries")}
    assert states == {
        "D1": "matched",
        "P1": "matched",
        "D2": "ambiguous",
        "D3": "ambiguous",
        "P2": "ambiguous",
    }
    rows = evidence.rows("breaks.evidence")
    assert {row["source_id"] for row in rows if row["entry_id"] == "P2"} == {"P2", "D2", "D3"}


def test_a_day_comes_in_its_files_its_declared_totals_and_its_receipts() -> None:
    given(
        files="""
            relation   | channel  | file_date | path    | member
            settlement | unionpay | D         | day.zip | RD.txt
        """,
        settlement="channel_ref | path\nD1 | lines.csv",
        settlement_totals="""
            settle_date | path
            D           | totals.csv
        """,
        bank_receipts="""
            entry_ref | settle_date | amount  | path
            R1        | D           | 1000.00 | bank.csv
            R2        | -           |    1.00 | bank.csv
        """,
    ).shows(
        "breaks.day_sources",
        """
        channel  | settle_date | sources
        alipay   | D           | bank.csv:2;lines.csv:1;totals.csv:2
        unionpay | D           | day.zip!RD.txt:1
        """,
    )
