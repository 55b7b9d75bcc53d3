"""reports.clearings: of each gone break what became of its own subject, and of no other."""

import pytest

from tests.spec.harness import given
from tests.spec.stored_day import break_id, drawn_with, stored, told


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
            bank_receipts     | D-3       | balance.csv
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


def test_a_receipt_booked_today_is_new_even_in_a_file_that_was_known() -> None:
    late = ("settlement_not_received", "settlement:alipay:2026-03-06")
    for booked_on, line in (("D", "R1"), ("D-1", None)):
        found = told(
            "reports.clearing_of_settlement_days",
            late,
            files="file_date | path\nD-3 | 2026-03-06/alipay.settlement.2026-03-06.csv",
            bank_receipts=f"""
                settle_date | booked_on   | amount | file_date
                D-3         | {booked_on} | 0.00   | D-1
            """,
        )
        assert found == {late: ("receipt_booked" if line else "figures_agree", line)}


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


KNOWN_PAIR = {
    "loans": "loan_id | file_date\nL1 | D-1",
    "debit_orders": """
        order_no | requested_at | response_code | file_date
        O1       | D-1 09:00:00 | -             | D-1
    """,
    "settlement": """
        channel_ref | order_no | kind  | outcome   | response_code | happened_at  | settle_date
        D1          | O1       | debit | succeeded | -             | D-1 10:00:00 | D-1
    """,
    "postings": """
        posting_id | order_no | kind      | reverses | value_date | posted_at    | file_date
        P1         | O1       | repayment | -        | -          | D-1 11:00:00 | D-1
    """,
}
"""A debit and its posting, read by the run of the day before."""

NEW_OF_PAIR = {
    "F1": (
        "settlement",
        "F1 | O1 | refund | failed | - | D-1 10:50:00 | D",
    ),
    "P5": (
        "postings",
        """
        P9 | O1 | repayment | -  | - | D-1 10:30:00 | D
        P5 | O1 | reversal  | P9 | - | D-1 10:40:00 | D
        """,
    ),
    "P1~2": ("postings", "P1 | O1 | repayment | - | D-1 | D-1 11:00:00 | D"),
    "D1~2": ("settlement", "D1 | O1 | debit | succeeded | 00 | D-1 10:00:00 | D"),
    "alipay/O1~2": ("debit_orders", "O1 | D-1 23:00:00 | - | D"),
    "a status": ("account_status", "D | due | none | 0"),
    "a statement": ("borrower_statements", "S1 | D-1 08:00:00 | 1.00 | D"),
}


@pytest.mark.parametrize(
    ("category", "subject", "by_precedence"),
    [
        ("duplicate_debit", "debit:alipay:D1", ["F1", "P5", "P1~2", "D1~2", "alipay/O1~2"]),
        ("value_date_late", "posting:kakadai:P1", ["P1~2", "P5", "F1", "D1~2", "alipay/O1~2"]),
    ],
)
def test_what_undid_an_entry_goes_before_what_moved_money_and_that_before_the_rest(
    category: str, subject: str, by_precedence: list[str]
) -> None:
    silent = ["a status", "a statement"]
    for place, line in enumerate([*by_precedence, None]):
        came = [NEW_OF_PAIR[each] for each in [*by_precedence[place:], *silent]]
        drawn = drawn_with(KNOWN_PAIR, came)
        found = told("reports.clearing_of_entries", (category, subject), **drawn)
        assert found == {(category, subject): ("group_agrees", line)}


def test_a_doubt_that_ended_without_any_new_line_names_the_partner() -> None:
    doubt = ("ambiguous", "debit:alipay:D1")
    found = told("reports.clearing_of_entries", doubt, **KNOWN_PAIR)
    assert found == {doubt: ("matched", "P1")}


KNOWN_ORDER = {
    "loans": "loan_id | card_no | file_date\nL1 | - | D-1",
    "debit_orders": """
        order_no | instalment_no | status | requested_at | response_code | file_date
        O1       | 1             | failed | D-1 09:00:00 | -             | D-1
        O2       | 2             | failed | D-1 09:30:00 | -             | D-1
    """,
}
"""Two orders of one loan that failed, read by the run of the day before."""

NEW_OF_ORDER = {
    "its outcome": ("settlement", "D1 | O1 | debit | failed | D-1 10:00:00 | D"),
    "its refund": ("settlement", "F1 | O1 | refund | failed | D-1 12:00:00 | D"),
    "its code": ("debit_orders", "O1 | 1 | failed | D-1 09:00:00 | 51 | D"),
    "another order": ("debit_orders", "O2 | 2 | failed | D-1 09:30:00 | 51 | D"),
    "another outcome": ("settlement", "D2 | O2 | debit | failed | D-1 09:40:00 | D"),
    "another refund": ("settlement", "F2 | O2 | refund | failed | D-1 12:30:00 | D"),
    "a statement": ("borrower_statements", "S1 | D-1 08:00:00 | 1.00 | D"),
    "another card": ("loans", "L1 | 622202******1111 | D"),
}


@pytest.mark.parametrize(
    ("category", "by_precedence"),
    [
        (
            "debit_outcome_unknown",
            [
                ("its outcome", "outcome_told", "D1"),
                ("its code", "order_corrected", "alipay/O1~2"),
                ("its refund", "no_longer_true", None),
            ],
        ),
        (
            "debit_status_conflict",
            [
                ("its outcome", "outcome_told", "D1"),
                ("its code", "order_corrected", "alipay/O1~2"),
                ("its refund", "given_back", "F1"),
            ],
        ),
        (
            "over_bank_limit",
            [
                ("its code", "order_corrected", "alipay/O1~2"),
                ("another order", "no_longer_true", "alipay/O2~2"),
                ("its outcome", "no_longer_true", "D1"),
                ("another outcome", "no_longer_true", "D2"),
                ("its refund", "no_longer_true", None),
                ("a statement", "no_longer_true", None),
            ],
        ),
        (
            "funds_were_available",
            [
                ("its code", "order_corrected", "alipay/O1~2"),
                ("a statement", "statement_came", "L1/S1"),
                ("its outcome", "no_longer_true", None),
                ("its refund", "no_longer_true", None),
            ],
        ),
    ],
)
def test_an_order_is_cleared_by_what_its_break_was_about(
    category: str, by_precedence: list[tuple[str, str, str | None]]
) -> None:
    about = (category, "order:kakadai:O1")
    of_others = NEW_OF_ORDER.keys() - {news for news, _, _ in by_precedence}
    for place, (_, word, source) in enumerate(by_precedence):
        came = [news for news, _, _ in by_precedence[place:]] + sorted(of_others)
        drawn = drawn_with(KNOWN_ORDER, [NEW_OF_ORDER[news] for news in came])
        found = told("reports.clearing_of_orders", about, **drawn)
        assert found == {about: (word, source)}, came
    assert told("reports.clearing_of_orders", about, **KNOWN_ORDER) == {
        about: ("no_longer_true", None)
    }
