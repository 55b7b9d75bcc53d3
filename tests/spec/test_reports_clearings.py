"""reports.clearings: of each gone break what became of its own subject, and of no other."""

from typing import Any

from tests.spec.harness import given
from tests.spec.stored_day import KNOWN, break_id, stored


def told(
    relation: str, *breaks: tuple[str, str], **drawn: Any
) -> dict[tuple[str, str], tuple[str, str | None]]:
    """By category and subject: the word, and the line that shows it by the key of its row."""
    drawn = {"stored_inputs": KNOWN} | drawn
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
        waiting: ("in_transit", "D2"),
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
    assert places[agreeing] == "a.csv:1;b.zip!RD.txt:1;t.csv:1"
    assert places[nothing_due] == "old.csv:1"


def test_only_files_and_receipts_that_are_new_clear_a_settlement_day() -> None:
    agreeing = ("settlement_differs", "settlement:alipay:2026-03-08")
    told_again = ("control_total_differs", "settlement:alipay:2026-03-07")
    by_terms = ("channel_fee_differs", "settlement:alipay:2026-03-06")
    rows = given(
        stored_breaks=stored(agreeing, told_again, by_terms),
        stored_inputs="path\nknown.csv\nold.csv\n2026-03-08/kakadai.bank_receipts.2026-03-08.csv",
        files="""
            relation          | file_date | path
            settlement        | D-1       | known.csv
            settlement        | D-1       | new.csv
            settlement        | D-2       | old.csv
            settlement_totals | D-2       | totals.csv
            settlement        | D-3       | old.csv
        """,
        bank_receipts="""
            entry_ref | settle_date | booked_on | amount | file_date
            R1        | D-1         | D-1       | 0.00   | D-1
        """,
    ).rows("reports.cleared")
    assert {
        (row["category"], row["subject"]): (row["cleared_by"], row["cleared_source"])
        for row in rows
    } == {
        agreeing: ("figures_agree", "new.csv:1"),
        told_again: ("figures_agree", "totals.csv:1"),
        by_terms: ("figures_agree", None),
    }


GRID = """
    lender  | loan_id | instalment_no | due_date | file_date
    kakadai | L1      | 1             | D-3      | D-1
    kakadai | L1      | 2             | D-3      | D-1
    kakadai | L2      | 1             | D-3      | D-1
    other   | L1      | 1             | D-3      | D-1
    kakadai | L3      | 1             | D-3      | D-1
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
            kakadai | O3       | wechatpay | L1      | 1             | D-1 08:00:00
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
    assert told(
        "reports.clearing_of_instalments",
        *waived,
        instalments=GRID,
        charges="""
            lender  | charge_id | loan_id | instalment_no | charged_on | status
            kakadai | C1        | L1      | 1             | D-3        | waived
            kakadai | C2        | L1      | 1             | D-2        | waived
            kakadai | C3        | L1      | 1             | D-2        | waived
            kakadai | C4        | L1      | 2             | D-1        | waived
            kakadai | C5        | L2      | 1             | D-1        | waived
            other   | C6        | L1      | 1             | D          | waived
        """,
        account_status="as_of\nD",
    ) == {
        waived[0]: ("charges_waived", "C3"),
        waived[1]: ("charges_waived", "C4"),
        waived[2]: ("charges_waived", "C5"),
        waived[3]: ("charges_waived", "C6"),
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


FAILED_ORDER = {
    "loans": "loan_id | file_date\nL1 | D-1",
    "instalments": "instalment_no | due_date | file_date\n1 | D-3 | D-1",
    "debit_orders": """
        order_no | status | requested_at | file_date
        O1       | failed | D-3 09:00:00 | D-1
    """,
    "settlement": "order_no | outcome | happened_at\nO1 | failed | D-3 10:00:00",
}
CHARGED = {
    "charge_rules": "late_interest_rate_per_day\n0.0005",
    "charges": "charge_id | amount | charged_on | file_date\nC1 | 2.00 | D-2 | D-1",
}


def cleared_instalment(category: str, **drawn: str) -> tuple[str, str | None]:
    about = (category, "instalment:kakadai:L1:1")
    return told("reports.clearing_of_instalments", about, **drawn)[about]


def test_while_its_charges_stand_what_changed_is_whose_fault_the_lateness_is() -> None:
    charged = FAILED_ORDER | CHARGED
    statement = """
        entry_no | happened_at  | balance | file_date
        1        | D-5 08:00:00 | 1.00    | D
    """
    assert cleared_instalment("wrongly_overdue", **charged, borrower_statements=statement) == (
        "statement_came",
        "L1/1~2",
    )
    assert cleared_instalment("wrongly_overdue", **charged) == ("no_longer_true", None)
    moved = charged | {
        "instalments": """
            due_date | instalment_no | file_date
            D-9      | 1             | D-1
            D-3      | 1             | D
        """
    }
    assert cleared_instalment("wrongly_overdue", **moved) == ("schedule_changed", "L1/1~2")


def test_a_lateness_that_came_back_with_money_given_back_names_the_refund() -> None:
    drawn = CHARGED | {
        "instalments": FAILED_ORDER["instalments"],
        "debit_orders": "order_no | requested_at | file_date\nO1 | D-3 09:00:00 | D-1",
        "settlement": """
            channel_ref | order_no | kind   | original_ref | amount  | happened_at
            D1          | O1       | debit  | -            | 1000.00 | D-3 10:00:00
            F1          | X9       | refund | D1           | 500.00  | D 10:00:00
        """,
        "postings": """
            posting_id | order_no | posted_at    | file_date
            P1         | O1       | D-3 11:00:00 | D-1
        """,
    }
    assert cleared_instalment("wrongly_overdue", **drawn) == ("money_given_back", "F1")


def test_a_charge_line_explains_nothing_while_the_charges_are_still_held() -> None:
    drawn = FAILED_ORDER | {
        "charges": """
            charge_id | charged_on | status  | file_date
            C1        | D-2        | charged | D-1
            C2        | D          | charged | D
        """
    }
    assert cleared_instalment("wrongly_overdue", **drawn) == ("no_longer_true", None)


def test_charges_that_agree_because_the_loan_was_closed_name_the_loan() -> None:
    drawn = (
        FAILED_ORDER
        | CHARGED
        | {
            "loans": """
                loan_id | status | file_date
                L1      | active | D-1
                L1      | closed | D
            """
        }
    )
    assert cleared_instalment("charge_differs", **drawn) == ("loan_closed", "L1~2")


def test_an_instalment_moved_to_a_later_day_is_cleared_by_the_schedule() -> None:
    drawn = {
        "instalments": """
            instalment_no | due_date | file_date
            1             | D-3      | D-1
            1             | D+9      | D
            2             | D+9      | D
        """
    }
    assert cleared_instalment("debit_not_attempted", **drawn) == ("schedule_changed", "L1/1~2")


def test_a_wrong_posting_put_right_is_cleared_by_its_new_line() -> None:
    late = ("value_date_late", "posting:kakadai:P1")
    assert told(
        "reports.clearing_of_entries",
        late,
        debit_orders="order_no | requested_at | file_date\nO1 | D-1 09:00:00 | D-1",
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D-1 10:00:00",
        postings="""
            posting_id | order_no | posted_at    | value_date | file_date
            P1         | O1       | D-1 11:00:00 | D          | D-1
            P1         | O1       | D-1 11:00:00 | D-1        | D
        """,
    ) == {late: ("group_agrees", "P1~2")}


def test_a_posting_moved_to_the_loan_it_pays_is_cleared_by_its_line_there() -> None:
    wrong = ("posted_to_wrong_loan", "posting:kakadai:P1")
    assert told(
        "reports.clearing_of_entries",
        wrong,
        debit_orders="order_no | loan_id | requested_at | file_date\nO1 | L2 | D-1 09:00:00 | D-1",
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D-1 10:00:00",
        postings="""
            posting_id | loan_id | order_no | posted_at    | file_date
            P1         | L1      | O1       | D-1 11:00:00 | D-1
            P1         | L2      | O1       | D-1 11:00:00 | D
        """,
    ) == {wrong: ("group_agrees", "P1~2")}


def test_a_second_debit_is_no_duplicate_once_the_first_was_given_back() -> None:
    second = ("duplicate_debit", "debit:alipay:D2")
    assert told(
        "reports.clearing_of_entries",
        second,
        instalments="instalment_no | due_date | file_date\n1 | D+9 | D-1",
        debit_orders="""
            order_no | requested_at | file_date
            O1       | D-2 09:00:00 | D-1
            O2       | D-1 09:00:00 | D-1
        """,
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at
            D1          | O1       | debit  | -            | D-2 10:00:00
            D2          | O2       | debit  | -            | D-1 10:00:00
            F1          | O1       | refund | D1           | D 10:00:00
        """,
        postings="posting_id | order_no | posted_at | file_date\nP2 | O2 | D-1 11:00:00 | D-1",
    ) == {second: ("group_agrees", "F1")}


def test_a_doubt_that_ended_without_its_posting_being_new_was_merely_matched() -> None:
    doubt = ("ambiguous", "debit:alipay:D1")
    assert told(
        "reports.clearing_of_entries",
        doubt,
        debit_orders="""
            order_no | instalment_no | requested_at | file_date
            O1       | 1             | D-1 08:00:00 | D-1
            O2       | 2             | D-1 08:00:00 | D-1
        """,
        settlement="""
            channel_ref | order_no | kind   | original_ref | happened_at
            D1          | O1       | debit  | -            | D-1 09:00:00
            D2          | O2       | debit  | -            | D-1 11:00:00
            F2          | O2       | refund | D2           | D 09:00:00
        """,
        postings="""
            posting_id | instalment_no | posted_at    | file_date
            P1         | 3             | D-1 10:00:00 | D-1
        """,
    ) == {doubt: ("matched", "F2")}


def test_an_order_of_unclear_outcome_ends_with_the_line_that_came_not_with_itself() -> None:
    conflict = ("debit_status_conflict", "order:kakadai:O1")
    limit = ("over_bank_limit", "order:kakadai:O2")
    funds = ("funds_were_available", "order:kakadai:O3")
    given_back = ("debit_status_conflict", "order:kakadai:O4")
    assert told(
        "reports.clearing_of_orders",
        conflict,
        limit,
        funds,
        given_back,
        debit_orders="""
            order_no | status    | requested_at | file_date | amount  | purpose
            O1       | succeeded | D-1 09:00:00 | D-1       | 1000.00 | instalment
            O2       | failed    | D-1 09:00:00 | D-1       | 600.00  | prepayment
            O3       | failed    | D-1 09:00:00 | D-1       | 1000.00 | instalment
            O4       | failed    | D-1 09:00:00 | D-1       | 1000.00 | instalment
            O9       | failed    | D-1 08:00:00 | D         | 900.00  | prepayment
        """,
        settlement="""
            channel_ref | order_no | kind   | outcome   | happened_at  | settle_date
            D1          | O1       | debit  | failed    | D-1 10:00:00 | D-1
            D1          | O1       | debit  | succeeded | D-1 10:00:00 | D
            D4          | O4       | debit  | succeeded | D-1 10:00:00 | D-1
            F4          | O4       | refund | succeeded | D 10:00:00   | D
        """,
        loans="loan_id\nL1",
        borrower_statements="""
            entry_no | happened_at  | balance | file_date
            1        | D-1 08:00:00 | 1.00    | D
        """,
    ) == {
        conflict: ("outcome_told", "D1~2"),
        limit: ("no_longer_true", "alipay/O9"),
        funds: ("statement_came", "L1/1"),
        given_back: ("given_back", "F4"),
    }
