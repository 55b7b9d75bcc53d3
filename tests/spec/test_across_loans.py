"""Contract 6.1, pass 4: one amount, two loans of one borrower or one card."""

import pytest

from tests.spec.harness import given

PAIRS = "matching.by_amount_across_loans"
LOANS = """
    loan_id | lender  | borrower_ref | card_no
    L1      | kakadai | B1           | 622700******1111
    L2      | kakadai | B1           | 622700******2222
    L3      | kakadai | B3           | 622700******3333
    L4      | bobodai | B1           | 622700******1111
"""
ORDERS = """
    order_no | loan_id | card_no
    O1       | L1      | 622700******3333
    O2       | L1      | -
"""
DEBIT = """
    channel_ref | order_no | card_no
    D1          | O1       | 622700******4444
"""


def pairs(postings: str, *, debits: str = DEBIT, loans: str = LOANS) -> list[str]:
    found = given(loans=loans, debit_orders=ORDERS, settlement=debits, postings=postings).rows(
        PAIRS
    )
    return sorted(row["entry_id"] for row in found)


def test_loans_of_one_borrower_meet() -> None:
    given(
        loans=LOANS,
        debit_orders=ORDERS,
        settlement=DEBIT,
        postings="posting_id | loan_id\nP1 | L2",
    ).shows(
        PAIRS,
        """
            entry_id | group_id
            D1       | D1
            P1       | D1
        """,
    )


def test_loans_that_share_the_card_of_the_debits_order_meet() -> None:
    assert pairs("posting_id | loan_id\nP1 | L3") == ["D1", "P1"]


def test_loans_that_share_the_card_of_the_debits_line_meet() -> None:
    card_of_line = "channel_ref | order_no | card_no\nD1 | O2 | 622700******3333"
    assert pairs("posting_id | loan_id\nP1 | L3", debits=card_of_line) == ["D1", "P1"]


def test_loans_that_share_neither_borrower_nor_card_do_not_meet() -> None:
    other_card = "channel_ref | order_no | card_no\nD1 | O2 | 622700******4444"
    assert pairs("posting_id | loan_id\nP1 | L3", debits=other_card) == []


def test_cards_that_nobody_stated_are_not_shared() -> None:
    no_card = "channel_ref | order_no | card_no\nD1 | O2 | -"
    loans = LOANS.replace("622700******3333", "-               ")
    assert pairs("posting_id | loan_id\nP1 | L3", debits=no_card, loans=loans) == []


def test_loans_of_two_lenders_never_meet() -> None:
    assert pairs("posting_id | loan_id | lender\nP1 | L4 | bobodai") == []


@pytest.mark.parametrize(
    ("cells", "meets"),
    [
        ("1000.00 | alipay   | D-1 10:00:00 | -", True),
        ("1000.01 | alipay   | D 11:00:00   | -", False),
        ("1000.00 | unionpay | D 11:00:00   | -", False),
        ("1000.00 | -        | D 11:00:00   | X9", True),
        ("1000.00 | alipay   | D-1 09:59:59 | -", False),
        ("1000.00 | alipay   | D 11:00:00   | O2", False),
    ],
    ids=[
        "a_window_before",
        "another_amount",
        "another_channel",
        "a_channel_nobody_knows",
        "a_second_too_early",
        "a_usable_order_no",
    ],
)
def test_amount_channel_and_window_are_those_of_the_debit(cells: str, meets: bool) -> None:
    drawn = f"posting_id | loan_id | amount | channel | posted_at | order_no\nP1 | L2 | {cells}"
    assert bool(pairs(drawn)) is meets


def test_the_posting_may_come_a_window_after_the_debit() -> None:
    before = "channel_ref | order_no | happened_at\nD1 | O1 | D-1 10:00:00"
    on_time = "posting_id | loan_id | posted_at\nP1 | L2 | D 10:00:00"
    assert pairs(on_time, debits=before) == ["D1", "P1"]
    assert pairs(on_time.replace("10:00:00", "10:00:01"), debits=before) == []


def test_a_pair_is_each_others_only_candidate() -> None:
    assert pairs("posting_id | loan_id\nP1 | L2\nP2 | L2") == []
    two_debits = "channel_ref | order_no\nD1 | O1\nD2 | O2"
    assert pairs("posting_id | loan_id\nP1 | L2", debits=two_debits) == []


def test_one_loan_is_no_pair_across_loans() -> None:
    given(
        loans=LOANS,
        debit_orders=ORDERS,
        settlement="channel_ref | order_no | happened_at\nD1 | O1 | D-2 10:00:00",
        postings="posting_id | loan_id\nP1 | L1",
    ).shows_nothing("matching.across_loans_candidates")


def test_sharing_the_borrower_and_the_card_is_sharing_once() -> None:
    loans = LOANS.replace("622700******2222", "622700******3333")
    assert pairs("posting_id | loan_id\nP1 | L2", loans=loans) == ["D1", "P1"]


def test_what_pass_2_paired_is_not_seen_again() -> None:
    both = "posting_id | loan_id\nP1 | L1\nP2 | L2"
    assert pairs(both) == []


def test_a_posting_of_no_known_channel_has_the_widest_window_of_its_lenders_channels() -> None:
    drawn = {
        "loans": LOANS,
        "channels": "channel | posting_window_hours\nalipay | 24\nunionpay | 48",
        "debit_orders": """
            order_no | loan_id | channel
            O1       | L1      | alipay
            O2       | L1      | unionpay
        """,
        "settlement": "channel_ref | order_no | happened_at\nD1 | O1 | D-3 10:00:00",
    }
    posting = (
        "posting_id | loan_id | channel | order_no | posted_at\nP1 | L2 | - | X9 | D-1 10:00:00"
    )
    given(postings=posting, **drawn).shows(PAIRS, "entry_id\nD1\nP1")
    too_late = posting.replace("10:00:00", "10:00:01")
    given(postings=too_late, **drawn).shows_nothing(PAIRS)


def test_bystanders_of_one_amount_who_share_nothing_do_not_matter() -> None:
    given(
        loans="""
            loan_id | borrower_ref
            L1      | B1
            L2      | B1
            L5      | B5
            L6      | B6
        """,
        debit_orders="""
            order_no | loan_id
            O1       | L1
            O5       | L5
        """,
        settlement="""
            channel_ref | order_no
            D1          | O1
            D5          | O5
        """,
        postings="""
            posting_id | loan_id
            P2         | L2
            P6         | L6
        """,
    ).shows(PAIRS, "entry_id | group_id\nD1 | D1\nP2 | D1")


def test_a_loan_of_the_same_number_at_another_lender_lends_no_borrower() -> None:
    given(
        loans="""
            loan_id | lender  | borrower_ref
            L1      | kakadai | B1
            L2      | kakadai | B2
            L2      | bobodai | B1
        """,
        debit_orders="order_no | loan_id\nO1 | L1",
        settlement="channel_ref | order_no\nD1 | O1",
        postings="posting_id | loan_id\nP1 | L2",
    ).shows_nothing(PAIRS)


def test_entries_of_one_side_never_meet() -> None:
    given(
        loans=LOANS,
        debit_orders="order_no | loan_id\nO1 | L1\nO2 | L2\nO3 | L3",
        settlement="channel_ref | order_no | amount\nD1 | O1 | 7.00\nD2 | O2 | 7.00",
        postings="""
            posting_id | loan_id | channel | order_no
            P1         | L1      | -       | X9
            P2         | L2      | -       | X9
        """,
    ).shows_nothing(PAIRS)
    given(
        loans=LOANS,
        debit_orders="order_no | loan_id\nO1 | L1\nO3 | L3",
        settlement="""
            channel_ref | order_no | card_no
            D1          | O1       | 622700******3333
            D3          | O3       | -
        """,
        postings="posting_id | loan_id | amount\nP1 | L1 | 5.00",
    ).shows_nothing(PAIRS)


def test_a_debit_of_a_loan_that_the_ledger_does_not_list_still_has_its_card() -> None:
    of_unlisted = "order_no | loan_id | card_no\nO1 | L8 | 622700******2222"
    given(
        loans=LOANS,
        debit_orders=of_unlisted,
        settlement="order_no\nO1",
        postings="posting_id | loan_id\nP1 | L2",
    ).shows(PAIRS, "entry_id\nD1\nP1")


def test_a_borrower_who_is_called_like_a_card_does_not_share_it() -> None:
    loans = LOANS.replace("| B3 ", "| 622700******4444 ")
    no_card = ORDERS.replace("622700******3333", "-")
    given(
        loans=loans, debit_orders=no_card, settlement=DEBIT, postings="loan_id\nL3"
    ).shows_nothing(PAIRS)


def test_another_pair_takes_no_candidate_away() -> None:
    given(
        loans=LOANS.replace("B3", "B4") + "L5 | kakadai | B4 | -",
        debit_orders="order_no | loan_id\nO1 | L1\nO3 | L3",
        settlement="order_no\nO1\nO3",
        postings="loan_id\nL2\nL5",
    ).shows(PAIRS, "entry_id | group_id\nD1 | D1\nP1 | D1\nD2 | D2\nP2 | D2")
