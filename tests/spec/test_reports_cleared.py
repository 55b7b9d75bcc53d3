"""reports.cleared: breaks of the stored day before that are gone, and what cleared them."""

from typing import Any

import pytest

from tests.spec.harness import given
from tests.spec.stored_day import KNOWN, break_id, stored

RELATION = "reports.cleared"


def cleared(category: str, subject: str, **drawn: Any) -> tuple[str, str, str | None]:
    """What is told of one break that is gone: the word, the sentence, file and line."""
    tables = {"stored_inputs": KNOWN} | drawn | {"stored_breaks": stored((category, subject))}
    [row] = given(**tables).rows(RELATION)
    assert (row["category"], row["subject"]) == (category, subject)
    source = row["cleared_source"]
    return row["cleared_by"], row["cleared_how"], source and source.partition("/")[2]


def test_a_break_that_is_still_there_is_not_cleared() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
        """,
        stored_breaks=stored(("debit_not_attempted", "instalment:kakadai:L1:1")),
    ).shows_nothing(RELATION)


def test_without_a_stored_day_nothing_is_cleared() -> None:
    given(
        instalments="""
            instalment_no | due_date
            1             | D-3
        """
    ).shows_nothing(RELATION)


MATCHED = {
    "debit_orders": "order_no\nO1",
    "settlement": "channel_ref | order_no\nD1 | O1",
    "postings": "posting_id | order_no\nP1 | O1",
}


def test_an_open_debit_is_cleared_by_the_posting_it_was_matched_with() -> None:
    assert cleared("debit_not_posted", "debit:alipay:D1", **MATCHED) == (
        "posting_arrived",
        "matched by_order_no",
        "kakadai.postings.2026-03-09.csv:2",
    )


def test_an_open_posting_is_cleared_by_the_debit_it_was_matched_with() -> None:
    assert cleared("posting_without_debit", "posting:kakadai:P1", **MATCHED) == (
        "debit_arrived",
        "matched by_order_no",
        "alipay.settlement.2026-03-09.csv:2",
    )


def test_what_was_put_away_since_is_cleared_by_what_it_agrees_with() -> None:
    quiet = MATCHED | {"instalments": "instalment_no\n1", "puts_away": True}
    word, how, _ = cleared("debit_not_posted", "debit:alipay:D1", **quiet)
    assert (word, how) == ("posting_arrived", "matched by_order_no")
    assert cleared("posting_without_debit", "posting:kakadai:P1", **quiet)[0] == "debit_arrived"
    assert cleared("debit_outcome_unknown", "order:kakadai:O1", **quiet)[0] == "outcome_told"
    found = cleared("debit_not_attempted", "instalment:kakadai:L1:1", **quiet)
    assert (found[0], found[2]) == ("order_placed", "kakadai.debit_orders.2026-03-09.csv:2")
    assert given(**quiet).rows("staging.quiet_orders")


def test_of_several_partners_the_last_one_is_told() -> None:
    drawn = MATCHED | {
        "postings": """
            posting_id | order_no | posted_at  | amount
            P2         | O1       | D 12:00:00 | 600.00
            P1         | O1       | D 11:00:00 | 400.00
        """
    }
    _, _, source = cleared("debit_not_posted", "debit:alipay:D1", **drawn)
    assert source == "kakadai.postings.2026-03-09.csv:2"


@pytest.mark.parametrize("category", ["amount_differs", "duplicate_debit"])
def test_a_matched_entry_that_was_wrong_is_right_now(category: str) -> None:
    drawn = MATCHED | {
        "debit_orders": "order_no | requested_at | file_date\nO1 | D-1 11:00:00 | D-1",
        "settlement": "channel_ref | order_no | happened_at\nD1 | O1 | D-1 12:00:00",
    }
    word, _, source = cleared(category, "debit:alipay:D1", **drawn)
    assert (word, source) == ("group_agrees", "kakadai.postings.2026-03-09.csv:2")


def test_an_entry_that_waits_again_says_for_what() -> None:
    drawn = {"settlement": "channel_ref | order_no\nD1 | O1"}
    assert cleared("debit_not_posted", "debit:alipay:D1", **drawn) == (
        "in_transit",
        "waits again: posting_window_open",
        "alipay.settlement.2026-03-09.csv:2",
    )


@pytest.mark.parametrize("named", ["D1", "-"])
def test_a_debit_that_was_given_back_names_the_refund(named: str) -> None:
    drawn = {
        "settlement": f"""
            channel_ref | kind   | original_ref | order_no | happened_at
            D1          | debit  | -            | O1       | D 10:00:00
            F1          | refund | {named}      | O1       | D 11:00:00
        """
    }
    assert cleared("debit_not_posted", "debit:alipay:D1", **drawn) == (
        "given_back",
        "the channel gave the whole debit back",
        "alipay.settlement.2026-03-09.csv:3",
    )


def test_what_cleared_a_break_is_named_with_the_member_of_an_archive() -> None:
    drawn = MATCHED | {"settlement": "path | member | order_no\n/a.zip | lines.txt | O1"}
    _, _, source = cleared("posting_without_debit", "posting:kakadai:P1", **drawn)
    assert source == "a.zip!lines.txt:2"


def test_a_posting_that_was_undone_names_its_reversal() -> None:
    drawn = {
        "postings": """
            posting_id | kind      | reverses | order_no
            P1         | repayment | -        | X1
            P2         | reversal  | P1       | X1
        """
    }
    assert cleared("posting_without_debit", "posting:kakadai:P1", **drawn) == (
        "undone",
        "the ledger reversed the posting",
        "kakadai.postings.2026-03-09.csv:3",
    )


def test_an_entry_that_is_now_called_otherwise_says_by_what_names_in_order() -> None:
    drawn = {
        "debit_orders": "order_no | requested_at\nO1 | D-3 09:00:00",
        "settlement": "order_no | happened_at\nO1 | D-3 10:00:00",
        "postings": "posting_id | order_no | posted_at\nP1 | O1 | D-1 10:00:00",
    }
    word, how, _ = cleared("posting_without_debit", "posting:kakadai:P1", **drawn)
    assert (word, how) == ("called_otherwise", "now posted_late, value_date_late")


def test_an_event_past_its_days_was_listed_long_enough_and_no_other_break_of_its_subject() -> None:
    drawn = {
        "event_days": 5,
        "instalments": "instalment_no | due_date\n1 | D-30",
        "debit_orders": "order_no | status | requested_at\nO1 | failed | D-6 09:00:00",
    }
    subject = "instalment:kakadai:L1:1"
    assert cleared("debit_attempted_late", subject, **drawn)[0] == "listed_long_enough"
    assert cleared("debit_not_attempted", subject, **drawn)[0] == "order_placed"


def test_a_decided_break_names_who_decided_it_and_why() -> None:
    decided = break_id("debit_not_posted", "debit:alipay:D1")
    drawn = {
        "settlement": "channel_ref | happened_at\nD1 | D-3 10:00:00",
        "materiality": "one_name_up_to\n1.00",
        "decisions": f"""
            break_id  | by       | action    | at         | reason
            {decided} | Li Na    | write_off | D 09:00:00 | old
            {decided} | Wang Wei | write_off | D 10:00:00 | agreed with the channel
        """,
    }
    assert cleared("debit_not_posted", "debit:alipay:D1", **drawn) == (
        "decided",
        "write off signed by Li Na and Wang Wei: old; agreed with the channel",
        "kakadai.decisions.2026-03-09.csv:3",
    )


def test_an_order_of_unknown_outcome_is_cleared_by_the_line_that_tells_it() -> None:
    drawn = {
        "debit_orders": "order_no | status\nO1 | unknown",
        "settlement": "order_no | outcome\nO1 | failed",
    }
    assert cleared("debit_outcome_unknown", "order:kakadai:O1", **drawn) == (
        "outcome_told",
        "the channel says it failed",
        "alipay.settlement.2026-03-09.csv:2",
    )


def test_an_order_whose_conflict_ended_was_corrected() -> None:
    drawn = {
        "debit_orders": "order_no | status\nO1 | succeeded",
        "settlement": "order_no | outcome | happened_at\nO1 | succeeded | D-1 12:00:00",
    }
    word, how, source = cleared("debit_status_conflict", "order:kakadai:O1", **drawn)
    assert (word, source) == ("order_corrected", "kakadai.debit_orders.2026-03-09.csv:2")
    assert how == "its order, with status succeeded, no longer shows it"


def test_an_order_that_is_now_called_otherwise_says_so() -> None:
    drawn = {
        "debit_orders": "order_no | status\nO1 | failed",
        "settlement": "order_no | outcome\nO1 | succeeded",
    }
    word, how, _ = cleared("debit_outcome_unknown", "order:kakadai:O1", **drawn)
    assert (word, how) == ("called_otherwise", "now debit_status_conflict")


INSTALMENT = {
    "instalments": "instalment_no | due_date | file_date\n1 | D-3 | D-1",
    "loans": "loan_id | file_date\nL1 | D-1",
}


@pytest.mark.parametrize(
    ("drawn", "word", "source"),
    [
        (
            {"debit_orders": "order_no | requested_at\nO1 | D 09:00:00"},
            "order_placed",
            "kakadai.debit_orders.2026-03-09.csv:2",
        ),
        ({"postings": "channel\n-"}, "paid", "kakadai.postings.2026-03-09.csv:2"),
        (
            {"loans": "loan_id | status\nL1 | closed"},
            "loan_closed",
            "kakadai.loans.2026-03-09.csv:2",
        ),
    ],
)
def test_an_instalment_that_nobody_asked_for_was_ordered_paid_or_its_loan_closed(
    drawn: dict[str, str], word: str, source: str | None
) -> None:
    found = cleared("debit_not_attempted", "instalment:kakadai:L1:1", **(INSTALMENT | drawn))
    assert (found[0], found[2]) == (word, source)


def test_a_wrong_lateness_ends_with_its_charges_or_with_the_record() -> None:
    subject = "instalment:kakadai:L1:1"
    waived = {
        "charges": """
            charge_id | charged_on | status
            C1        | D-2        | charged
            C1        | D-2        | waived
            C2        | D-1        | waived
        """
    }
    found = cleared("wrongly_overdue", subject, **(INSTALMENT | waived))
    assert (found[0], found[2]) == ("charges_waived", "kakadai.charges.2026-03-09.csv:4")
    status = {"account_status": "as_of | app_status\nD | due"}
    found = cleared("wrongly_overdue", subject, **(INSTALMENT | status))
    assert (found[0], found[2]) == ("record_corrected", "kakadai.account_status.2026-03-09.csv:2")


def test_charges_that_agree_with_the_rule_were_corrected() -> None:
    drawn = {
        "charge_rules": "late_interest_rate_per_day\n0.0005",
        "charges": "charge_id | amount\nC1 | 1.50",
        "debit_orders": "order_no | status | requested_at | file_date\n"
        "O1 | failed | D-3 09:00:00 | D-1",
        "settlement": "order_no | outcome | happened_at\nO1 | failed | D-3 10:00:00",
    }
    word, _, source = cleared("charge_differs", "instalment:kakadai:L1:1", **(INSTALMENT | drawn))
    assert (word, source) == ("charges_corrected", "kakadai.charges.2026-03-09.csv:2")


def test_a_settlement_day_is_cleared_by_its_file_or_by_its_money() -> None:
    subject = "settlement:alipay:2026-03-08"
    file = {"files": "file_date\nD-1", "stored_inputs": "path\n-"}
    found = cleared("settlement_file_missing", subject, **file)
    assert (found[0], found[2]) == ("file_arrived", "alipay.settlement.2026-03-08.csv:1")
    money = file | {
        "bank_receipts": """
            entry_ref | settle_date | booked_on | amount
            R1        | D-1         | D         | 0.60
            R2        | D-1         | D         | -0.60
        """
    }
    found = cleared("settlement_not_received", subject, **money)
    assert (found[0], found[2]) == ("receipt_booked", "kakadai.bank_receipts.2026-03-09.csv:3")
    assert cleared("control_total_differs", subject, **file)[0] == "figures_agree"
    assert cleared("channel_fee_differs", subject)[0] == "file_withdrawn"


def test_an_entry_whose_line_is_gone_was_withdrawn() -> None:
    for category, subject in (
        ("debit_not_posted", "debit:alipay:D1"),
        ("posting_without_debit", "posting:kakadai:P1"),
        ("over_bank_limit", "order:kakadai:O1"),
        ("debit_not_attempted", "instalment:kakadai:L1:1"),
    ):
        assert cleared(category, subject)[0] == "line_withdrawn"


def test_a_cleared_break_keeps_what_the_day_before_said_of_it_and_is_sorted() -> None:
    given(
        stored_breaks="""
            break_id | category            | subject                 | channel | liable   | remedy
            b        | debit_not_attempted | instalment:kakadai:L1:2 | -       | platform | Order.
            a        | debit_not_attempted | instalment:kakadai:L1:1 | -       | platform | Order.
            c        | charge_differs      | instalment:kakadai:L1:1 | alipay  | bank     | Mend.
        """
    ).shows(
        RELATION,
        """
        break_id | category            | channel | liable   | remedy
        c        | charge_differs      | alipay  | bank     | Mend.
        a        | debit_not_attempted | -       | platform | Order.
        b        | debit_not_attempted | -       | platform | Order.
        """,
        ordered=True,
    )


def test_each_break_is_cleared_by_lines_of_its_own() -> None:
    found = given(
        instalments="""
            loan_id | instalment_no | file_date
            L1      | 1             | D-1
            L2      | 1             | D-1
        """,
        stored_inputs="path\n2026-03-08/kakadai.instalments.2026-03-08.csv",
        debit_orders="""
            order_no | loan_id | status
            O1       | L1      | unknown
            O2       | L2      | unknown
        """,
        settlement="""
            channel_ref | order_no | settle_date
            D1          | O1       | D
            D2          | O2       | D-1
        """,
        postings="""
            posting_id | order_no | loan_id
            P1         | O1       | L1
            P2         | O2       | L2
        """,
        stored_breaks=stored(
            *(("debit_not_posted", f"debit:alipay:D{n}") for n in (1, 2)),
            *(("posting_without_debit", f"posting:kakadai:P{n}") for n in (1, 2)),
            *(("debit_outcome_unknown", f"order:kakadai:O{n}") for n in (1, 2)),
            *(("debit_not_attempted", f"instalment:kakadai:L{n}:1") for n in (1, 2)),
            *(("settlement_file_missing", f"settlement:alipay:2026-03-0{n}") for n in (8, 9)),
        ),
    ).rows(RELATION)
    told = {
        row["subject"]: row["cleared_source"].partition("kakadai.")[2] or row["cleared_source"]
        for row in found
    }
    ledger = "2026-03-09.csv"
    assert told == {
        "debit:alipay:D1": f"postings.{ledger}:2",
        "debit:alipay:D2": f"postings.{ledger}:3",
        "posting:kakadai:P1": "2026-03-09/alipay.settlement.2026-03-09.csv:2",
        "posting:kakadai:P2": "2026-03-08/alipay.settlement.2026-03-08.csv:2",
        "order:kakadai:O1": "2026-03-09/alipay.settlement.2026-03-09.csv:2",
        "order:kakadai:O2": "2026-03-08/alipay.settlement.2026-03-08.csv:2",
        "instalment:kakadai:L1:1": f"debit_orders.{ledger}:2",
        "instalment:kakadai:L2:1": f"debit_orders.{ledger}:3",
        "settlement:alipay:2026-03-08": "2026-03-08/alipay.settlement.2026-03-08.csv:1",
        "settlement:alipay:2026-03-09": "2026-03-09/alipay.settlement.2026-03-09.csv:1",
    }


def test_an_order_is_not_taken_for_the_debit_it_names() -> None:
    subject = "order:kakadai:O1"
    given(
        debit_orders="order_no | status\nO1 | succeeded",
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D-1 12:00:00",
        stored_inputs=KNOWN,
        postings="posting_id | order_no\nP1 | O1",
        stored_breaks=f"""
            category | break_id | subject | lender | loan_id | channel | order_no | channel_ref
            debit_status_conflict | one | {subject} | kakadai | L1 | alipay | O1 | D1
        """,
    ).shows(RELATION, "break_id | cleared_by\none | order_corrected")
