"""Contract 6.1, pass 3: one whole on one side, its pieces on the other."""

from tests.spec.harness import given

SPLITS = "matching.by_split_debits"
ORDERS = """
    order_no | loan_id | instalment_no
    O1       | L1      | 1
    O2       | L1      | 1
    O3       | L1      | 1
    O4       | L1      | 2
    O9       | L2      | 1
"""
PIECES = """
    channel_ref | order_no | amount | happened_at
    D1          | O1       | 600.00 | D 10:00:00
    D2          | O2       | 400.00 | D 10:05:00
"""


def test_a_posting_is_the_sum_of_several_open_debits_of_its_loan() -> None:
    given(debit_orders=ORDERS, settlement=PIECES, postings="posting_id\nP1").shows(
        SPLITS,
        """
            entry_id | group_id | verdict
            D1       | D1       | matched
            D2       | D1       | matched
            P1       | D1       | matched
        """,
    ).shows(
        "matching.groups",
        """
            group_id | rule            | debit   | posting | difference
            D1       | by_split_debits | 1000.00 | 1000.00 | 0.00
        """,
    )


def test_a_debit_is_the_sum_of_several_such_postings() -> None:
    given(
        debit_orders=ORDERS,
        settlement="channel_ref | order_no\nD1 | O1",
        postings="""
            posting_id | amount
            P1         | 700.00
            P2         | 300.00
        """,
    ).shows(SPLITS, "entry_id | group_id\nD1 | D1\nP1 | D1\nP2 | D1")


def test_a_posting_of_nothing_is_no_piece() -> None:
    with_nothing = """
        posting_id | amount
        P1         | 700.00
        P2         | 300.00
        P3         | 0.00
    """
    given(
        debit_orders=ORDERS, settlement="channel_ref | order_no\nD1 | O1", postings=with_nothing
    ).shows(SPLITS, "entry_id | verdict\nD1 | matched\nP1 | matched\nP2 | matched")


def splits(postings: str, debits: str = PIECES) -> list[str]:
    found = given(debit_orders=ORDERS, settlement=debits, postings=postings).rows(SPLITS)
    return sorted(f"{row['entry_id']} {row['verdict']}" for row in found)


def test_the_sum_is_equal_to_the_minor_unit() -> None:
    assert splits("posting_id | amount\nP1 | 1000.01") == []
    assert splits("posting_id | amount\nP1 | 999.99") == []


def test_the_pieces_are_of_one_loan() -> None:
    assert splits("posting_id\nP1", PIECES.replace("O2 ", "O9 ")) == []
    assert splits("posting_id | loan_id\nP1 | L2") == []
    assert splits("posting_id | lender\nP1 | bobodai") == []


def test_the_pieces_are_of_the_channel_that_the_posting_names() -> None:
    assert splits("posting_id | channel\nP1 | unionpay") == []
    assert len(splits("posting_id | channel | order_no\nP1 | - | X9")) == 3


def test_every_piece_lies_in_the_window() -> None:
    early = PIECES.replace("D 10:00:00", "D-1 10:00:00")
    assert len(splits("posting_id | posted_at\nP1 | D 10:00:00", early)) == 3
    assert splits("posting_id | posted_at\nP1 | D 10:00:01", early) == []


def test_a_posting_with_a_usable_order_no_is_no_sum() -> None:
    assert splits("posting_id | order_no\nP1 | O3") == []


def test_a_pair_of_pass_2_is_no_piece() -> None:
    assert splits("posting_id | amount\nP1 | 1000.00\nP2 | 400.00") == []


def test_combinations_that_differ_in_their_amounts_make_every_member_ambiguous() -> None:
    debits = """
        channel_ref | order_no | amount
        D1          | O1       | 600.00
        D2          | O2       | 400.00
        D3          | O3       | 300.00
        D4          | O3       | 700.00
    """
    assert splits("posting_id\nP1", debits) == [
        f"{member} ambiguous" for member in ("D1", "D2", "D3", "D4", "P1")
    ]


def test_combinations_that_differ_in_their_instalments_make_every_member_ambiguous() -> None:
    debits = """
        channel_ref | order_no | amount | happened_at
        D1          | O1       | 600.00 | D 10:00:00
        D2          | O2       | 400.00 | D 10:00:00
        D4          | O4       | 400.00 | D 10:00:00
    """
    assert splits("posting_id\nP1", debits) == [
        f"{member} ambiguous" for member in ("D1", "D2", "D4", "P1")
    ]


def test_interchangeable_pieces_go_in_time_order() -> None:
    debits = """
        channel_ref | order_no | amount | happened_at
        D1          | O1       | 600.00 | D 10:00:00
        D3          | O3       | 400.00 | D 10:06:00
        D2          | O2       | 400.00 | D 10:05:00
    """
    assert splits("posting_id\nP1", debits) == ["D1 matched", "D2 matched", "P1 matched"]


def test_an_ambiguous_crowd_takes_no_part_in_later_passes() -> None:
    debits = """
        channel_ref | order_no | amount
        D1          | O1       | 600.00
        D2          | O2       | 400.00
        D3          | O3       | 300.00
        D4          | O3       | 700.00
    """
    given(debit_orders=ORDERS, settlement=debits, postings="posting_id\nP1").shows(
        "matching.left_by_split_debits", "entry_id"
    ).shows(
        "matching.entries",
        """
            entry_id | state
            D1       | ambiguous
            D2       | ambiguous
            D3       | ambiguous
            D4       | ambiguous
            P1       | ambiguous
        """,
    )


def test_only_loans_with_a_whole_and_two_pieces_are_searched() -> None:
    given(
        debit_orders="""
            order_no | loan_id
            O1       | L1
            O2       | L2
            O3       | L3
        """,
        settlement="""
            order_no | amount
            O1       | 600.00
            O2       | 600.00
            O2       | 400.00
            O2       | 300.00
            O3       | 600.00
            O3       | 400.00
        """,
        postings="loan_id\nL1\nL3",
    ).shows("matching.split_entries", "entry_id\nD5\nD6\nP2").shows(
        "matching.split_debits", "id\nD5\nD6"
    ).shows("matching.split_postings", "id\nP2")


def test_a_posting_is_never_the_sum_of_other_postings() -> None:
    postings = "posting_id | amount\nP1 | 1000.00\nP2 | 700.00\nP3 | 300.00"
    assert splits(postings, "channel_ref | order_no | amount\nD1 | O1 | 50.00") == []
