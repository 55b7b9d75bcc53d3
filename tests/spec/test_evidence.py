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
    evidence.shows_nothing("breaks.matched_postings")


def test_a_doubt_and_the_pair_beside_it_have_twenty_lines_each() -> None:
    doubted = range(2, 20)
    evidence = given(
        files="file_date\nD-9",
        debit_orders="order_no | instalment_no | requested_at\nO1 | 1 | D-9 09:00:00\n"
        + "\n".join(f"O{n} | {n} | D-4 09:00:00" for n in doubted),
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D-9 10:00:00\n"
        + "\n".join(f"D{n} | O{n} | D-4 10:00:00" for n in doubted),
        postings="""
            posting_id | instalment_no | posted_at
            P1         | 1             | D-9 11:00:00
            P2         | 99            | D-4 11:00:00
            P3         | 99            | D-4 11:00:00
        """,
    )
    rows = evidence.rows("breaks.evidence")
    members = {row["source_id"] for row in rows if row["entry_id"] == "P2"}
    assert members == {"P2", "P3"} | {f"D{n}" for n in doubted}


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


def rests_on(tables: dict[str, str], entry: str) -> set[str]:
    rows = given(**tables).rows("breaks.evidence")
    return {row["source_id"] for row in rows if row["entry_id"] == entry}


def test_an_instalment_rests_on_its_orders_debits_charges_status_and_statements() -> None:
    tables = {
        "loans": """
            lender  | loan_id | borrower_ref | card_no
            kakadai | L1      | B1           | 622700******1234
            kakadai | L2      | B2           | 622700******5678
        """,
        "instalments": """
            lender  | loan_id | instalment_no | due_date
            kakadai | L1      | 1             | D-5
            kakadai | L1      | 2             | D-4
            kakadai | L2      | 1             | D-5
        """,
        "debit_orders": """
            order_no | loan_id | instalment_no | requested_at
            O1       | L1      | 1             | D-5 09:00:00
            O2       | L1      | 2             | D-4 09:00:00
            O3       | L2      | 1             | D-5 09:00:00
        """,
        "settlement": """
            order_no | happened_at
            O1       | D-5 09:00:05
            O2       | D-4 09:00:05
            O3       | D-5 09:00:05
        """,
        "charges": """
            lender  | loan_id | instalment_no
            kakadai | L1      | 1
            kakadai | L1      | 2
            kakadai | L2      | 1
            bobodai | L1      | 1
        """,
        "account_status": """
            loan_id | days_past_due
            L1      | 5
            L2      | 5
        """,
        "borrower_statements": """
            loan_id | entry_no | happened_at
            L1      | 1        | D-5 08:00:00
            L2      | 1        | D-5 08:00:00
        """,
    }
    assert rests_on(tables, "L1/1") == {"L1/1", "alipay/O1", "D1", "C1", "L1/2026-03-09", "L1/1~2"}


def test_an_order_rests_on_the_lines_of_its_own_number_at_its_own_channel() -> None:
    tables = {
        "debit_orders": """
            order_no | channel  | status
            O1       | alipay   | succeeded
            O1       | unionpay | succeeded
            O2       | alipay   | succeeded
        """,
        "settlement": """
            channel_ref | channel  | order_no | outcome
            D1          | alipay   | O1       | failed
            D2          | unionpay | O1       | failed
            D3          | alipay   | O2       | failed
        """,
    }
    assert rests_on(tables, "alipay/O1") == {"alipay/O1", "D1"}


def test_a_debit_does_not_rest_on_other_lines_of_its_order() -> None:
    tables = {
        "debit_orders": "order_no | requested_at\nO1 | D-5 09:00:00",
        "settlement": """
            channel_ref | order_no | outcome   | happened_at
            D1          | O1       | failed    | D-5 09:00:00
            D2          | O1       | succeeded | D-5 10:00:00
        """,
    }
    assert rests_on(tables, "D2") == {"D2", "alipay/O1"}


def test_a_member_of_a_group_rests_on_the_whole_group_up_to_its_first_twenty_debits() -> None:
    def group(debits: int, of: str = "") -> set[str]:
        numbers = range(1, debits + 1)
        tables = {
            "debit_orders": "order_no | requested_at\nO1 | D-5 09:00:00\nO2 | D-5 09:00:00",
            "settlement": "channel_ref | order_no | happened_at | amount\n"
            # the last line is the first by time
            + "\n".join(f"D{number} | O1 | D-5 10:{40 - number}:00 | 1.00" for number in numbers)
            + "\nE1 | O2 | D-5 10:00:00 | 5.00",
            "postings": "order_no | posted_at | amount\nO1 | D-5 11:00:00 | 7.00"
            + "\nO2 | D-5 11:00:00 | 8.00",
        }
        return rests_on(tables, of or f"D{debits}")

    assert group(2) == {"D1", "D2", "P1", "alipay/O1"}
    assert group(20) == {f"D{number}" for number in range(1, 21)} | {"alipay/O1"}
    assert group(21) == {f"D{number}" for number in range(2, 22)} | {"alipay/O1"}
    assert group(21, "E1") == {"E1", "P2", "alipay/O2"}


def test_an_order_rests_on_the_first_twenty_of_its_lines() -> None:
    def lines(order: str, hour: str, numbers: range) -> str:
        return "".join(
            f"\n{order}{number} | {order} | failed | D {hour}:{'00' if number < 12 else '01'}:00"
            for number in numbers
        )

    tables = {
        "debit_orders": "order_no | status\nA | succeeded\nB | succeeded",
        "settlement": "channel_ref | order_no | outcome | happened_at"
        + lines("A", "10", range(10, 32))
        + lines("B", "09", range(10, 20)),
    }
    assert rests_on(tables, "alipay/A") == {"alipay/A"} | {f"A{n}" for n in range(10, 30)}
    assert rests_on(tables, "alipay/B") == {"alipay/B"} | {f"B{n}" for n in range(10, 20)}


def test_an_order_refused_in_spite_of_funds_rests_on_the_statement_and_on_no_charge() -> None:
    tables = {
        "instalments": "instalment_no | due_date\n1 | D",
        "loans": "loan_id | borrower_ref | card_no\nL1 | B1 | 622700******1234",
        "debit_orders": "order_no | status | response_code\nO1 | failed | FUNDS",
        "borrower_statements": "entry_no | balance\nE1 | 5000.00",
        "charges": "charge_id\nC1",
    }
    assert rests_on(tables, "alipay/O1") == {"alipay/O1", "L1/E1"}


def test_an_instalment_that_is_no_break_rests_on_nothing() -> None:
    tables = {
        "charge_rules": "lender\nbobodai",
        "instalments": "instalment_no | due_date\n1 | D-5",
        "debit_orders": "order_no | status | requested_at\nO1 | failed | D-5 09:00:00",
        "account_status": "days_past_due\n5",
    }
    assert rests_on(tables, "L1/1") == set()


def test_a_posting_without_a_debit_rests_on_the_lines_of_its_order() -> None:
    tables = {
        "debit_orders": "order_no | requested_at\nO1 | D-5 09:00:00",
        "settlement": "order_no | outcome | happened_at\nO1 | failed | D-5 10:00:00",
        "postings": "order_no | posted_at\nO1 | D-5 11:00:00",
    }
    assert rests_on(tables, "P1") == {"P1", "alipay/O1", "D1"}


def test_an_entry_names_the_order_of_its_own_lender_and_channel_and_an_instalment_none() -> None:
    given(
        instalments="instalment_no | due_date\n1 | D-5",
        debit_orders="""
            lender  | order_no | channel  | requested_at
            kakadai | O1       | alipay   | D-5 09:00:00
            kakadai | O1       | unionpay | D-5 09:00:00
        """,
        settlement="channel | order_no | happened_at\nalipay | O1 | D-5 10:00:00",
        postings="""
            posting_id | lender  | order_no | channel  | posted_at
            P1         | other   | O1       | unionpay | D-5 11:00:00
        """,
        charges="charge_id\nC1",
    ).shows(
        "breaks.entry_orders",
        """
        entry_id | kind    | order_id
        D1       | debit   | alipay/O1
        P1       | posting | -
        """,
    )


def test_a_posting_that_names_no_order_is_of_the_orders_of_its_debits_in_time_order() -> None:
    given(
        debit_orders="""
            order_no | channel   | loan_id | amount | requested_at
            O1       | alipay    | L1      | 400.00 | D-5 08:00:00
            O2       | alipay    | L1      | 300.00 | D-5 08:00:00
            O3       | alipay    | L1      | 200.00 | D-5 08:00:00
            O4       | wechatpay | L1      | 100.00 | D-5 08:00:00
            O5       | alipay    | L2      | 500.00 | D-5 08:00:00
        """,
        settlement="""
            channel_ref | channel   | order_no | amount | happened_at
            D3          | alipay    | O1       | 400.00 | D-5 09:00:00
            D1          | alipay    | O2       | 300.00 | D-5 10:00:00
            D2          | alipay    | O3       | 200.00 | D-5 10:00:00
            D2          | wechatpay | O4       | 100.00 | D-5 10:00:00
            D5          | alipay    | O5       | 500.00 | D-5 10:00:00
        """,
        postings="""
            posting_id | loan_id | channel | order_no | amount  | posted_at    | value_date
            P1         | L1      | -       | X1       | 1000.00 | D-5 11:00:00 | D-4
            P2         | L2      | alipay  | -        | 500.00  | D-5 11:00:00 | D-4
        """,
    ).shows(
        "breaks.entry_orders",
        """
        entry_id | place | channel   | channel_ref | order_no
        P1       | 1     | alipay    | D3          | O1
        P1       | 2     | alipay    | D1          | O2
        P1       | 3     | alipay    | D2          | O3
        P1       | 4     | wechatpay | D2          | O4
        P2       | 1     | alipay    | D5          | O5
        """,
    ).shows(
        "breaks.subject_facts",
        """
        subject            | channel_ref | order_no
        posting:kakadai:P1 | D3          | X1
        posting:kakadai:P2 | D5          | O5
        """,
    )


def test_a_posting_that_names_its_order_shows_the_first_of_its_debits() -> None:
    given(
        debit_orders="order_no | requested_at\nO1 | D-5 08:00:00",
        settlement="""
            channel_ref | order_no | amount | happened_at
            D2          | O1       | 600.00 | D-5 10:00:00
            D1          | O1       | 400.00 | D-5 09:00:00
        """,
        postings="order_no | posted_at | value_date\nO1 | D-5 11:00:00 | D-4",
    ).shows(
        "breaks.entry_orders",
        """
        entry_id | place | channel_ref | order_no
        P1       | 1     | D1          | O1
        """,
    )


def test_a_debit_is_of_its_own_order_whatever_it_was_matched_beside() -> None:
    given(
        debit_orders="order_no | amount | requested_at\nO1 | 1000.00 | D-5 08:00:00",
        settlement="""
            channel_ref | order_no | amount | happened_at
            D1          | O1       | 500.00 | D-5 09:00:00
            D2          | O1       | 400.00 | D-5 10:00:00
        """,
        postings="order_no | posted_at\nO1 | D-5 11:00:00",
    ).shows(
        "breaks.entry_orders",
        """
        entry_id | kind  | place | channel_ref | order_no
        D1       | debit | 1     | D1          | O1
        """,
    )


def test_a_source_in_an_archive_is_named_with_its_member() -> None:
    given(
        settlement="path | member | happened_at\na.zip | lines.txt | D-5 10:00:00",
    ).shows("breaks.entry_sources", "entry_id | sources\nD1 | a.zip!lines.txt:2")


def test_sources_of_an_entry_are_its_own_lines_by_file_and_line() -> None:
    given(
        debit_orders="order_no | path | requested_at\nO1 | o.csv | D-5 09:00:00",
        settlement="order_no | path | happened_at\nO1 | s.csv | D-5 10:00:00",
    ).shows("breaks.entry_sources", "entry_id | sources\nD1 | o.csv:2;s.csv:2")


def test_an_instalment_that_is_rightly_held_late_rests_on_nothing() -> None:
    tables = {
        "instalments": "instalment_no | due_date\n1 | D-7\n2 | D-5",
        "debit_orders": """
            order_no | instalment_no | requested_at | status
            O1       | 1             | D-7 09:00:00 | succeeded
            O2       | 2             | D-5 09:00:00 | failed
        """,
        "settlement": "order_no | happened_at\nO1 | D-7 10:00:00",
        "postings": "order_no | posted_at\nO1 | D-7 11:00:00",
        "charges": "instalment_no\n1",
        "account_status": "days_past_due | app_status\n5 | overdue",
    }
    assert rests_on(tables, "L1/1") == {"L1/1", "alipay/O1", "D1", "C1"}
    assert rests_on(tables, "L1/2") == set()


def test_only_what_a_report_names_is_a_subject() -> None:
    given(
        instalments="instalment_no | due_date\n1 | D-5\n2 | D-5\n3 | D-5",
        debit_orders="""
            order_no | instalment_no | requested_at
            O1       | 1             | D-5 09:00:00
            O2       | 2             | D-5 09:00:00
        """,
        settlement="""
            order_no | happened_at
            O1       | D-5 10:00:00
            O2       | D-5 10:00:00
        """,
        postings="""
            posting_id | order_no | instalment_no | amount  | posted_at
            P2         | O2       | 2             | 1000.00 | D-5 11:00:00
            P3         | O3       | 1             |    9.00 | D-5 11:00:00
        """,
    ).shows(
        "breaks.entry_subjects",
        """
        entry_id | kind       | subject
        D1       | debit      | debit:alipay:D1
        P3       | posting    | posting:kakadai:P3
        L1/3     | instalment | instalment:kakadai:L1:3
        """,
    )
