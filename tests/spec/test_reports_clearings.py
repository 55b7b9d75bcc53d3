"""reports.clearings: of each gone break what became of its own subject, and of no other."""

from typing import Any

from tests.spec.harness import given
from tests.spec.stored_day import break_id, stored


def told(
    relation: str, *breaks: tuple[str, str], **drawn: Any
) -> dict[tuple[str, str], tuple[str, str | None]]:
    """By category and subject: the word, and the line that shows it by the key of its row."""
    rows = given(stored_breaks=stored(*breaks), **drawn).rows(relation)
    names = {break_id(*each): each for each in breaks}
    return {names[row["break_id"]]: (row["cleared_by"], row["source_id"]) for row in rows}


def test_an_entry_is_cleared_by_what_became_of_that_entry() -> None:
    matched = ("debit_not_posted", "debit:alipay:D1")
    waiting = ("ambiguous", "debit:alipay:D2")
    given_back = ("debit_not_posted", "debit:alipay:D3")
    also_given_back = ("debit_not_posted", "debit:alipay:D4")
    undone = ("posting_without_debit", "posting:kakadai:P5")
    also_undone = ("posting_without_debit", "posting:kakadai:P7")
    assert told(
        "reports.clearing_of_entries",
        matched,
        waiting,
        given_back,
        also_given_back,
        undone,
        also_undone,
        ("debit_status_conflict", "order:kakadai:O1"),
        debit_orders="order_no\nO1\nO2\nO3\nO4",
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at
            D1          | O1       | debit  | -            | D 10:00:00
            D2          | O2       | debit  | -            | D 10:00:00
            D3          | O3       | debit  | -            | D 10:00:00
            D4          | O4       | debit  | -            | D 10:00:00
            F3          | O3       | refund | D3           | D 11:00:00
            F4          | O4       | refund | D4           | D 12:00:00
        """,
        postings="""
            posting_id | order_no | kind      | reverses | posted_at
            P1         | O1       | repayment | -        | D 11:00:00
            P5         | X5       | repayment | -        | D 11:00:00
            P6         | X5       | reversal  | P5       | D 12:00:00
            P7         | X7       | repayment | -        | D 11:00:00
            P8         | X7       | reversal  | P7       | D 13:00:00
        """,
    ) == {
        matched: ("posting_arrived", "P1"),
        waiting: ("in_transit", None),
        given_back: ("given_back", "F3"),
        also_given_back: ("given_back", "F4"),
        undone: ("undone", "P6"),
        also_undone: ("undone", "P8"),
    }


def test_an_entry_is_undone_by_the_last_line_that_undid_it() -> None:
    debit = ("debit_not_posted", "debit:alipay:D1")
    same_number = ("debit_not_posted", "debit:unionpay:D1")
    posting = ("posting_without_debit", "posting:kakadai:P1")
    of_another_lender = ("posting_without_debit", "posting:other:P1")
    assert told(
        "reports.clearing_of_entries",
        debit,
        same_number,
        posting,
        of_another_lender,
        settlement="""
            channel  | channel_ref | order_no | kind   | original_ref | amount  | happened_at
            alipay   | D1          | O1       | debit  | -            | 1000.00 | D 10:00:00
            alipay   | F1          | O1       | refund | D1           | 300.00  | D 11:00:00
            alipay   | F2          | O1       | refund | D1           | 300.00  | D 12:00:00
            alipay   | F3          | O1       | refund | D1           | 400.00  | D 12:00:00
            unionpay | D1          | O1       | debit  | -            | 1000.00 | D 10:00:00
            unionpay | F9          | O1       | refund | -            | 1000.00 | D 13:00:00
        """,
        postings="""
            lender  | posting_id | order_no | kind      | reverses | posted_at
            kakadai | P1         | X1       | repayment | -        | D 11:00:00
            kakadai | P2         | X1       | reversal  | P1       | D 12:00:00
            other   | P1         | X1       | repayment | -        | D 11:00:00
            other   | P3         | X1       | reversal  | P1       | D 13:00:00
        """,
    ) == {
        debit: ("given_back", "F3"),
        same_number: ("given_back", "F9"),
        posting: ("undone", "P2"),
        of_another_lender: ("undone", "P3"),
    }


def test_a_doubt_that_ended_in_a_break_somebody_decided_is_no_longer_true() -> None:
    doubt = ("ambiguous", "debit:alipay:D1")
    assert told(
        "reports.clearing_of_entries",
        doubt,
        settlement="channel_ref | happened_at\nD1 | D-3 10:00:00",
        materiality="one_name_up_to\n5000.00",
        decisions=f"break_id\n{break_id('debit_not_posted', 'debit:alipay:D1')}",
    ) == {doubt: ("no_longer_true", None)}


def test_an_order_is_cleared_by_the_last_final_line_of_its_own_number_and_channel() -> None:
    asked = ("debit_outcome_unknown", "order:kakadai:O1")
    assert told(
        "reports.clearing_of_orders",
        asked,
        ("debit_not_posted", "debit:alipay:D1"),
        debit_orders="order_no | status\nO1 | unknown\nO2 | unknown",
        settlement="""
            channel  | channel_ref | order_no | kind   | outcome   | happened_at
            alipay   | D0          | O1       | debit  | failed    | D 10:00:00
            alipay   | D1          | O1       | debit  | failed    | D 11:00:00
            alipay   | D2          | O1       | debit  | failed    | D 11:00:00
            alipay   | D3          | O1       | debit  | unknown   | D 12:00:00
            alipay   | F3          | O1       | refund | succeeded | D 12:00:00
            alipay   | D4          | O2       | debit  | failed    | D 12:00:00
            unionpay | D5          | O1       | debit  | failed    | D 12:00:00
        """,
    ) == {asked: ("outcome_told", "D2")}


def test_an_order_that_the_lender_corrected_alone_is_cleared_by_the_order() -> None:
    corrected = ("debit_outcome_unknown", "order:kakadai:O1")
    renamed = ("debit_outcome_unknown", "order:kakadai:O2")
    drawn = {
        "debit_orders": """
            order_no | status | amount
            O1       | failed | 1000.00
            O2       | failed | 6000.00
        """,
        "settlement": "order_no | amount\nO2 | 6000.00",
        "bank_limits": "bank_code | per_debit\nICBC | 5000.00",
    }
    assert told("reports.clearing_of_orders", corrected, renamed, **drawn) == {
        corrected: ("order_corrected", "alipay/O1"),
        renamed: ("called_otherwise", "D1"),
    }
    sentences = given(stored_breaks=stored(corrected, renamed), **drawn).rows("reports.cleared")
    assert {row["cleared_how"] for row in sentences} == {
        "its order, with status failed, no longer shows it",
        "now debit_status_conflict, over_bank_limit",
    }


def test_a_settlement_day_is_cleared_by_the_files_and_receipts_of_its_own_channel_and_day() -> None:
    paid = ("settlement_not_received", "settlement:alipay:2026-03-08")
    nothing_due = ("settlement_not_received", "settlement:alipay:2026-03-07")
    of_another_channel = ("settlement_differs", "settlement:unionpay:2026-03-08")
    agreeing = ("control_total_differs", "settlement:alipay:2026-03-08")
    withdrawn = ("channel_fee_differs", "settlement:unionpay:2026-03-07")
    of_another_day = ("settlement_differs", "settlement:alipay:2026-03-06")
    breaks = (paid, nothing_due, of_another_channel, agreeing, withdrawn, of_another_day)
    drawn = {
        "files": """
            relation          | channel  | file_date | path    | member
            settlement        | alipay   | D-1       | b.zip   | RD.txt
            settlement        | alipay   | D-1       | a.csv   | -
            settlement        | alipay   | D-2       | old.csv | -
            settlement        | alipay   | D-3       | old.csv | -
            settlement        | unionpay | D-1       | u.csv   | -
            settlement_totals | alipay   | D-1       | t.csv   | -
            settlement_totals | unionpay | D-2       | t.csv   | -
        """,
        "bank_receipts": """
            lender  | entry_ref | channel  | settle_date | booked_on | amount
            kakadai | R1        | alipay   | D-1         | D-1       | 1.00
            kakadai | R2        | alipay   | D-1         | D         | 2.00
            kakadai | R3        | alipay   | D-1         | D         | -3.00
            other   | R4        | alipay   | D-1         | D         | 0.00
            other   | R5        | unionpay | D-1         | D         | 0.00
            kakadai | R6        | alipay   | D-3         | D-2       | 0.00
        """,
    }
    assert told("reports.clearing_of_settlement_days", *breaks, **drawn) == {
        paid: ("receipt_booked", "R3"),
        nothing_due: ("figures_agree", None),
        of_another_channel: ("receipt_booked", "R5"),
        agreeing: ("figures_agree", None),
        withdrawn: ("file_withdrawn", None),
        of_another_day: ("receipt_booked", "R6"),
    }
    rows = given(stored_breaks=stored(*breaks), **drawn).rows("reports.cleared")
    places = {(row["category"], row["subject"]): row["cleared_source"] for row in rows}
    assert places[agreeing] == "a.csv:1;b.zip!RD.txt:1"
    assert places[nothing_due] == "old.csv:1"


GRID = """
    lender  | loan_id | instalment_no | due_date
    kakadai | L1      | 1             | D-3
    kakadai | L1      | 2             | D-3
    kakadai | L2      | 1             | D-3
    other   | L1      | 1             | D-3
    kakadai | L3      | 1             | D-3
"""


def grid(category: str) -> list[tuple[str, str]]:
    """One break of each instalment that has a neighbour in lender, loan or number."""
    subjects = ("kakadai:L1:1", "kakadai:L1:2", "kakadai:L2:1", "other:L1:1")
    return [(category, f"instalment:{subject}") for subject in subjects]


def test_an_instalment_is_ordered_by_the_last_order_for_itself() -> None:
    never_ordered = ("split_incomplete", "instalment:kakadai:L3:1")
    breaks = grid("debit_not_attempted")
    assert told(
        "reports.clearing_of_instalments",
        *breaks,
        never_ordered,
        ("debit_not_posted", "debit:alipay:D1"),
        instalments=GRID,
        debit_orders="""
            lender  | order_no | channel   | loan_id | instalment_no | requested_at
            kakadai | O1       | alipay    | L1      | 1             | D-2 09:00:00
            kakadai | O2       | alipay    | L1      | 1             | D-1 09:00:00
            kakadai | O3       | alipay    | L1      | 1             | D-1 09:00:00
            kakadai | O9       | wechatpay | L1      | 1             | D-1 09:00:00
            kakadai | O4       | alipay    | L1      | 2             | D 09:00:00
            kakadai | O5       | alipay    | L2      | 1             | D 10:00:00
            other   | O6       | alipay    | L1      | 1             | D 11:00:00
        """,
        settlement="channel_ref | order_no | outcome\nD1 | O6 | failed",
    ) == {
        breaks[0]: ("order_placed", "alipay/O3"),
        breaks[1]: ("order_placed", "alipay/O4"),
        breaks[2]: ("order_placed", "alipay/O5"),
        breaks[3]: ("order_placed", "alipay/O6"),
        never_ordered: ("no_longer_true", None),
    }


def test_an_instalment_is_paid_by_the_last_posting_to_itself() -> None:
    breaks = grid("debit_not_attempted")
    assert told(
        "reports.clearing_of_instalments",
        *breaks,
        instalments=GRID,
        postings="""
            lender  | posting_id | channel | loan_id | instalment_no | posted_at
            kakadai | P1         | -       | L1      | 1             | D-2 09:00:00
            kakadai | P2         | -       | L1      | 1             | D-1 09:00:00
            kakadai | P3         | -       | L1      | 1             | D-1 09:00:00
            kakadai | P4         | -       | L1      | 2             | D 09:00:00
            kakadai | P5         | -       | L2      | 1             | D 10:00:00
            other   | P6         | -       | L1      | 1             | D 11:00:00
        """,
    ) == {
        breaks[0]: ("paid", "P3"),
        breaks[1]: ("paid", "P4"),
        breaks[2]: ("paid", "P5"),
        breaks[3]: ("paid", "P6"),
    }


def test_an_instalment_is_cleared_by_its_own_charges_the_last_waived_first() -> None:
    waived = grid("wrongly_overdue")
    corrected = ("charge_differs", "instalment:kakadai:L3:1")
    assert told(
        "reports.clearing_of_instalments",
        *waived,
        corrected,
        instalments=GRID,
        charges="""
            lender  | charge_id | loan_id | instalment_no | charged_on | status
            kakadai | C1        | L1      | 1             | D-3        | waived
            kakadai | C2        | L1      | 1             | D-2        | waived
            kakadai | C3        | L1      | 1             | D-2        | waived
            kakadai | C4        | L1      | 2             | D-1        | waived
            kakadai | C5        | L2      | 1             | D-1        | waived
            other   | C6        | L1      | 1             | D          | waived
            kakadai | C7        | L3      | 1             | D-2        | charged
            kakadai | C8        | L3      | 1             | D          | charged
            kakadai | C9        | L1      | 1             | D          | charged
        """,
        # paid too late, so the charge that is left on it stands
        postings="loan_id | channel | posted_at | value_date\nL1 | - | D-1 10:00:00 | D-1",
    ) == {
        waived[0]: ("charges_waived", "C3"),
        waived[1]: ("charges_waived", "C4"),
        waived[2]: ("charges_waived", "C5"),
        waived[3]: ("charges_waived", "C6"),
        corrected: ("charges_corrected", "C8"),
    }


def test_a_record_is_corrected_by_the_last_status_of_its_own_loan() -> None:
    breaks = grid("wrongly_overdue")
    assert told(
        "reports.clearing_of_instalments",
        *breaks,
        instalments=GRID,
        account_status="""
            lender  | loan_id | as_of
            kakadai | L1      | D-1
            kakadai | L2      | D-2
            other   | L1      | D-3
        """,
    ) == {
        breaks[0]: ("record_corrected", "L1/2026-03-08"),
        breaks[1]: ("record_corrected", "L1/2026-03-08"),
        breaks[2]: ("record_corrected", "L2/2026-03-07"),
        breaks[3]: ("record_corrected", "L1/2026-03-06"),
    }


def test_people_clear_what_they_decided_and_events_of_which_the_days_are_over() -> None:
    decided = ("debit_not_posted", "debit:alipay:D1")
    past = ("debit_attempted_late", "instalment:kakadai:L1:1")
    assert told(
        "reports.clearing_by_people",
        decided,
        past,
        ("debit_attempted_late", "instalment:kakadai:L1:2"),
        event_days=5,
        instalments="instalment_no | due_date\n1 | D-30\n2 | D-30",
        debit_orders="order_no | status | requested_at\nO1 | failed | D-6 09:00:00",
        settlement="""
            channel_ref | order_no | happened_at
            D1          | X1       | D-3 10:00:00
            D2          | X2       | D-3 10:00:00
        """,
        materiality="one_name_up_to\n5000.00",
        decisions=f"break_id\n{break_id(*decided)}\n"
        + break_id("debit_not_posted", "debit:alipay:D2"),
    ) == {
        decided: ("decided", f"{break_id(*decided)}/Li Na/2026-03-09 09:00:00"),
        past: ("listed_long_enough", None),
    }
