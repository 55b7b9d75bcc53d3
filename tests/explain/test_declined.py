"""Why each matching pass left an open entry open, and whom it was taken in with."""

import re

from tests.explain.drawn import matching

LOANS = """
    loan_id | borrower_ref | card_no
    L1      | B1           | 622202******1001
    L2      | B1           | 622202******1002
    L3      | B3           | 622202******1003
"""
ORDERS = """
    order_no | loan_id | amount
    O1       | L1      | 1000.00
    O2       | L2      | 1000.00
"""
DEBIT = """
    channel_ref | order_no | happened_at
    D1          | O1       | D-3 10:00:00
"""
DEBIT_ROW = ("debit_not_posted", "debit:alipay:D1")


def reasons(
    category: str,
    subject: str,
    *,
    loans: str = LOANS,
    debit_orders: str = ORDERS,
    **tables: str,
) -> dict[str, list[str]]:
    """By pass, what is said of each other side; `D1` for debit:alipay:D1 and all that follows."""
    text = matching(category, subject, loans=loans, debit_orders=debit_orders, **tables)
    said: dict[str, list[str]] = {}
    for line in text.splitlines()[1:]:
        if line.startswith("      "):
            short = re.sub(r"\w+:\w+:(\S+) of \S+ at .*?\(.*?\)", r"\1", line.strip())
            list(said.values())[-1].append(short)
        else:
            said[line.strip().removesuffix(": declined")] = []
    return said


def test_every_pass_is_told_in_order():
    said = reasons(*DEBIT_ROW, settlement=DEBIT)
    assert said == {
        "by_order_no": ["no posting bears its order_no"],
        "by_loan_and_amount": ["no open posting of its loan and amount"],
        "by_split_debits": ["no open posting of its loan"],
        "by_amount_across_loans": ["no open posting of its amount on another loan"],
        "by_loan_and_amount_late": ["no open posting of its loan and amount"],
    }


def test_a_posting_undone_under_the_same_order_no_is_named_with_its_reversal():
    said = reasons(
        *DEBIT_ROW,
        settlement=DEBIT,
        postings="""
            posting_id | order_no | kind      | reverses | posted_at
            P1         | O1       | repayment | -        | D-3 11:00:00
            P2         | O1       | reversal  | P1       | D-2 11:00:00
        """,
    )
    assert said["by_order_no"] == ["P1 was undone by a reversal", "P2 is a reversal"]


def test_an_amount_that_differs_is_told_with_the_difference():
    said = reasons(
        *DEBIT_ROW,
        settlement=DEBIT,
        postings="posting_id | amount | posted_at\nP1 | 999.12 | D-3 11:00:00",
    )
    assert said["by_loan_and_amount"] == ["P1 differs in its amount by 0.88"]
    assert said["by_split_debits"] == ["P1 does not add up with other open entries"]


def test_a_posting_outside_the_window_is_told_with_the_hours_beyond_it():
    said = reasons(
        *DEBIT_ROW,
        settlement=DEBIT,
        postings="posting_id | posted_at\nP1 | D-4 08:30:00",
    )
    assert said["by_loan_and_amount"] == ["P1 lies outside the posting window by 1 h 30 min"]
    assert said["by_loan_and_amount_late"] == ["P1 was posted before the debit by 25 h 30 min"]


def test_a_posting_whose_channel_nobody_knows_has_the_widest_window():
    said = reasons(
        *DEBIT_ROW,
        channels="channel | posting_window_hours\nalipay | 24\nunionpay | 48",
        debit_orders="""
            order_no | loan_id | channel  | amount
            O1       | L1      | alipay   | 1000.00
            O2       | L1      | alipay   | 1000.00
            O3       | L2      | unionpay | 500.00
        """,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-5 08:00:00
            D2          | O2       | D-5 10:00:00
        """,
        postings="""
            posting_id | order_no | channel | posted_at
            P1         | X1       | -       | D-4 10:00:00
            P2         | X2       | -       | D-7 04:00:00
        """,
    )
    assert said["by_loan_and_amount"] == [
        "P1 fits another entry better",
        "P2 lies outside the posting window by 4 h",
    ]


def test_a_posting_through_another_channel_is_named():
    said = reasons(
        *DEBIT_ROW,
        settlement=DEBIT,
        postings="posting_id | channel | posted_at\nP1 | wechatpay | D-3 11:00:00",
    )
    assert said["by_loan_and_amount"] == ["P1 names another channel"]


def test_a_posting_with_a_usable_order_no_may_only_be_matched_by_it():
    said = reasons(
        "posting_without_debit",
        "posting:kakadai:P1",
        postings="posting_id | order_no | posted_at\nP1 | O1 | D-3 11:00:00",
    )
    only_by_it = ["its order_no is known, so only by_order_no may match it"]
    assert said["by_order_no"] == ["no settlement line bears its order_no"]
    assert [said[rule] for rule in list(said)[1:]] == [only_by_it] * 4


def test_a_failed_line_under_the_order_no_is_named_with_its_outcome():
    said = reasons(
        "posting_without_debit",
        "posting:kakadai:P1",
        settlement="""
            channel_ref | order_no | outcome | happened_at
            D1          | O1       | failed  | D-3 10:00:00
        """,
        postings="posting_id | order_no | posted_at\nP1 | O1 | D-3 11:00:00",
    )
    assert said["by_order_no"] == ["D1 has the outcome failed"]


def test_a_debit_whose_order_nobody_knows_has_no_loan_to_compare():
    said = reasons(
        *DEBIT_ROW,
        settlement="channel_ref | order_no | happened_at\nD1 | X9 | D-3 10:00:00",
        postings="posting_id | posted_at\nP1 | D-3 11:00:00",
    )
    no_loan = ["no lender knows its order, so it has no loan to compare"]
    assert [said[rule] for rule in list(said)[1:]] == [no_loan] * 4


def test_another_entry_that_was_taken_in_before_is_named_with_the_pass_that_did():
    said = reasons(
        *DEBIT_ROW,
        settlement="""
            channel_ref | order_no | happened_at
            D1          | O1       | D-3 10:00:00
            D2          | O3       | D-3 10:00:00
        """,
        debit_orders="order_no | loan_id\nO1 | L1\nO3 | L1",
        postings="posting_id | order_no | posted_at\nP1 | O3 | D-3 11:00:00",
    )
    assert said["by_loan_and_amount"] == ["P1 was already taken in by by_order_no"]


def test_the_amount_on_another_loan_needs_a_borrower_or_a_card_in_common():
    tables = {"settlement": DEBIT}
    stranger = reasons(
        *DEBIT_ROW,
        **tables,
        postings="posting_id | loan_id | posted_at\nP1 | L3 | D-3 11:00:00",
    )
    two_of_the_borrower = reasons(
        *DEBIT_ROW,
        **tables,
        postings="""
            posting_id | loan_id | posted_at
            P1         | L2      | D-3 11:00:00
            P2         | L2      | D-3 12:00:00
        """,
    )
    assert stranger["by_amount_across_loans"] == ["P1 shares neither borrower nor card"]
    assert two_of_the_borrower["by_amount_across_loans"] == [
        "P1 is not the only candidate",
        "P2 is not the only candidate",
    ]


def test_a_posting_that_came_too_late_is_told_with_the_time_beyond_the_limit():
    said = reasons(
        *DEBIT_ROW,
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D-40 10:00:00",
        postings="posting_id | posted_at\nP1 | D-9 10:00:00",
    )
    assert said["by_loan_and_amount_late"] == ["P1 was posted too long after the debit by 24 h"]


def test_an_ambiguous_entry_is_told_with_all_that_fit_and_later_passes_are_not():
    said = reasons(
        "ambiguous",
        "debit:alipay:D1",
        debit_orders="order_no | loan_id | instalment_no\nO1 | L1 | 3",
        settlement=DEBIT,
        postings="""
            posting_id | instalment_no | posted_at
            P1         | 1             | D-3 11:00:00
            P2         | 2             | D-3 11:00:00
        """,
    )
    assert said == {
        "by_order_no": ["no posting bears its order_no"],
        "by_loan_and_amount: ambiguous (tie)": ["with P1", "with P2"],
    }


def test_a_matched_entry_is_told_with_its_group():
    said = reasons(
        "posted_late",
        "posting:kakadai:P1",
        settlement=DEBIT,
        postings="posting_id | order_no | posted_at\nP1 | O1 | D-1 11:00:00",
    )
    assert said == {"by_order_no: matched": ["with D1"]}
