import pytest

from tests.assignment.drawn import drawn_debits, drawn_postings, parted
from tieout.assignment import split, splitting


def test_one_posting_is_the_sum_of_several_debits():
    debits = drawn_debits("key amount\n d1 500\n d2 500\n d3 300")
    postings = drawn_postings("key amount\n p 1300")
    assert parted(debits, postings) == ({frozenset({"p", "d1", "d2", "d3"})}, {})


def test_one_debit_is_the_sum_of_several_postings():
    debits = drawn_debits("key amount\n d 1300")
    postings = drawn_postings("key amount\n p1 1000\n p2 300")
    assert parted(debits, postings) == ({frozenset({"d", "p1", "p2"})}, {})


@pytest.mark.parametrize("amount", ["799", "801"])
def test_a_minor_unit_off_is_no_combination(amount):
    debits = drawn_debits("key amount\n d1 500\n d2 300")
    assert parted(debits, drawn_postings(f"key amount\n p {amount}")) == (set(), {})


def test_an_equal_amount_is_not_a_combination_of_one():
    assert parted(
        drawn_debits("key amount\n d 500\n e 300"), drawn_postings("key amount\n p 500")
    ) == (set(), {})


def test_a_second_past_the_window_is_no_piece():
    debits = drawn_debits("key at amount window\n d1 10:00 500 3600\n d2 10:01 300 3600")
    at_the_end = drawn_postings("key at amount\n p 11:00 800")
    past_it = drawn_postings("key at amount\n p 11:00:01 800")
    assert parted(debits, at_the_end) == ({frozenset({"p", "d1", "d2"})}, {})
    assert parted(debits, past_it) == (set(), {})


@pytest.mark.parametrize("cells", ["cluster other", "channel alipay"])
def test_a_debit_of_another_loan_or_channel_is_no_piece(cells):
    column, value = cells.split()
    debits = drawn_debits("key amount\n d1 500\n d2 300")
    postings = drawn_postings("key amount\n p 800", **{column: value})
    assert parted(debits, postings) == (set(), {})


def test_interchangeable_pieces_go_in_time_order():
    debits = drawn_debits("""
        key at    amount
        d3  10:02 500
        d1  10:00 500
        d2  10:01 500
    """)
    postings = drawn_postings("key at amount\n p 10:05 1000")
    assert parted(debits, postings) == ({frozenset({"p", "d1", "d2"})}, {})


def test_several_combinations_make_every_member_ambiguous_and_nobody_else():
    debits = drawn_debits("""
        key amount
        d1  600
        d2  400
        d3  700
        d4  300
        d5  450
    """)
    postings = drawn_postings("key amount\n p 1000")
    matched, ambiguous = parted(debits, postings)
    assert not matched
    assert ambiguous == dict.fromkeys(["p", "d1", "d2", "d3", "d4"], "tie")


def test_combinations_of_other_instalments_are_other_combinations():
    debits = drawn_debits("key amount instalment\n d1 500 3\n d2 500 3\n d3 500 4")
    postings = drawn_postings("key amount instalment\n p 1000 3")
    assert parted(debits, postings) == (set(), dict.fromkeys(["p", "d1", "d2", "d3"], "tie"))


def test_full_pieces_and_a_remainder_do_not_overrule_a_second_combination():
    debits = drawn_debits("key amount\n d1 500\n d2 500\n d3 200\n d4 400\n d5 300")
    postings = drawn_postings("key amount\n p 1200")
    matched, ambiguous = parted(debits, postings)
    assert not matched
    assert set(ambiguous) == {"p", "d1", "d2", "d3", "d4", "d5"}


def test_wholes_that_can_all_have_their_pieces_are_matched_in_time_order():
    debits = drawn_debits("""
        key at    amount
        d1  10:00 500
        d2  10:01 500
        d3  10:02 500
        d4  10:03 500
        d5  10:04 500
    """)
    postings = drawn_postings("key at amount\n p2 10:06 1000\n p1 10:05 1500")
    assert parted(debits, postings) == (
        {frozenset({"p1", "d1", "d2", "d3"}), frozenset({"p2", "d4", "d5"})},
        {},
    )


def test_a_whole_leaves_a_piece_to_the_one_that_can_have_no_other():
    debits = drawn_debits("""
        key at    amount window
        d1  10:00 500    3600
        d2  10:10 500    36000
        d3  10:20 300    36000
        d4  10:21 400    36000
    """)
    postings = drawn_postings("""
        key at    amount channel window
        p1  10:50 800    -       36000
        p2  10:40 900    -       1800
    """)
    assert parted(debits, postings) == (
        {frozenset({"p1", "d1", "d3"}), frozenset({"p2", "d2", "d4"})},
        {},
    )


def test_different_wholes_for_whom_the_pieces_do_not_suffice_are_ambiguous():
    debits = drawn_debits("key amount\n d1 600\n d2 400\n d3 300")
    postings = drawn_postings("key amount\n p1 1000\n p2 900")
    assert parted(debits, postings) == (
        set(),
        dict.fromkeys(["p1", "p2", "d1", "d2", "d3"], "tie"),
    )


def test_in_doubt_are_as_many_interchangeable_pieces_as_the_wholes_take_between_them():
    debits = drawn_debits("""
        key at    amount
        a1  10:00 500
        a2  10:01 500
        a3  10:02 500
        b1  10:00 400
        b2  10:01 400
    """)
    postings = drawn_postings("key amount\n p1 900\n p2 1300")
    matched, ambiguous = parted(debits, postings)
    assert not matched
    assert set(ambiguous) == {"p1", "p2", "a1", "a2", "b1", "b2"}


def test_in_doubt_is_what_a_whole_of_any_channel_would_take_beside_one_of_a_channel():
    debits = drawn_debits("""
        key channel  at    amount
        a1  unionpay 10:00 500
        a2  alipay   10:01 500
        a3  alipay   10:02 500
        b1  unionpay 10:00 400
    """)
    postings = drawn_postings("""
        key channel  at    amount instalment
        p1  -        10:00 900    1
        p2  unionpay 10:01 900    2
    """)
    matched, ambiguous = parted(debits, postings)
    assert not matched
    assert set(ambiguous) == {"p1", "p2", "a1", "a2", "b1"}


def test_of_identical_wholes_the_earlier_has_the_pieces_and_the_later_stays_open():
    debits = drawn_debits("key amount\n d1 600\n d2 400")
    postings = drawn_postings("key at amount\n p2 10:01 1000\n p1 10:00 1000")
    assert parted(debits, postings) == ({frozenset({"p1", "d1", "d2"})}, {})


def test_wholes_that_name_different_instalments_are_not_identical():
    debits = drawn_debits("key amount\n d1 600\n d2 400")
    postings = drawn_postings("key amount instalment\n p1 1000 3\n p2 1000 -")
    assert parted(debits, postings) == (
        set(),
        dict.fromkeys(["p1", "p2", "d1", "d2"], "tie"),
    )


def test_an_entry_that_could_be_a_whole_or_a_piece_is_ambiguous():
    debits = drawn_debits("key amount\n d1 1000\n d2 1500")
    postings = drawn_postings("key amount\n p1 600\n p2 400\n p3 2500")
    assert parted(debits, postings) == (
        set(),
        dict.fromkeys(["d1", "d2", "p1", "p2", "p3"], "tie"),
    )


def test_a_doubt_about_a_piece_reaches_the_other_wholes_that_need_it():
    debits = drawn_debits("key amount\n d1 600\n d2 400\n d3 700\n d4 300\n d5 90")
    postings = drawn_postings("key amount\n p1 1000\n p2 690")
    matched, ambiguous = parted(debits, postings)
    assert not matched
    assert set(ambiguous) == {"p1", "p2", "d1", "d2", "d3", "d4", "d5"}


def test_a_search_that_reaches_the_bound_says_so_of_the_whole_and_all_its_candidates():
    debits = drawn_debits("key amount\n d1 600\n d2 400\n d3 150")
    postings = drawn_postings("key amount\n p 1000")
    assert parted(debits, postings, max_steps=3) == (
        set(),
        dict.fromkeys(["p", "d1", "d2", "d3"], "search_bound"),
    )


def test_the_last_allowed_step_counts():
    debits = drawn_debits("key amount\n d1 600\n d2 400")
    postings = drawn_postings("key amount\n p 1000")
    assert parted(debits, postings, max_steps=6)[0] == {frozenset({"p", "d1", "d2"})}
    assert parted(debits, postings, max_steps=5)[1] == dict.fromkeys(
        ["p", "d1", "d2"], "search_bound"
    )


def test_a_whole_that_all_candidates_together_do_not_reach_needs_no_search():
    debits = drawn_debits("key amount\n d1 600\n d2 399")
    assert parted(debits, drawn_postings("key amount\n p 1000"), max_steps=0) == (set(), {})


def test_a_thousand_interchangeable_pieces_are_no_effort():
    pieces = "\n".join(f"d{number:04} 500" for number in range(1_000))
    postings = drawn_postings("key amount\n p 400000")
    matched, ambiguous = parted(drawn_debits(f"key amount\n{pieces}"), postings)
    assert matched == {frozenset({"p", *(f"d{number:04}" for number in range(800))})}
    assert not ambiguous


def test_a_thousand_different_pieces_and_a_thousand_wholes_are_stopped_at_the_bound():
    pieces = "\n".join(f"d{n:04} {10_000 + n * n * 7919 % 99_991}" for n in range(1_000))
    wholes = "\n".join(f"p{n:04} {200_000 + n * n * 6007 % 99_991}" for n in range(1_000))
    matched, ambiguous = parted(
        drawn_debits(f"key amount\n{pieces}"), drawn_postings(f"key amount\n{wholes}")
    )
    assert not matched
    assert len(ambiguous) == 2_000
    assert set(ambiguous.values()) == {"search_bound"}


def test_the_searches_of_one_loan_have_a_bound_between_them(monkeypatch):
    monkeypatch.setattr(splitting, "SEARCHES_PER_LOAN", 1)
    debits = drawn_debits("""
        key at    amount window
        d1  10:00 600    3600
        d2  10:00 400    3600
        d3  20:00 600    3600
        d4  20:00 400    3600
    """)
    postings = drawn_postings("key at amount\n p1 10:00 1000\n p2 20:00 1000")
    assert parted(debits, postings, max_steps=6) == (
        {frozenset({"p1", "d1", "d2"})},
        dict.fromkeys(["p2", "d3", "d4"], "search_bound"),
    )


def test_the_bound_of_one_loan_is_not_used_up_by_another():
    crowd = "\n".join(f"d{n:04} {10_000 + n * n * 7919 % 99_991} A" for n in range(300))
    wholes = "\n".join(f"p{n:04} {200_000 + n * n * 6007 % 99_991} A" for n in range(300))
    debits = drawn_debits(f"key amount cluster\n{crowd}\n x1 600 B\n x2 400 B")
    postings = drawn_postings(f"key amount cluster\n{wholes}\n x 1000 B")
    assert parted(debits, postings, max_steps=100)[0] == {frozenset({"x", "x1", "x2"})}


def test_more_debits_than_can_be_looked_at_are_said_to_be_out_of_bound():
    size = splitting.LARGEST_SIDE + 1
    debits = drawn_debits("key amount\n" + "\n".join(f"d{n:04} 500" for n in range(size)))
    postings = drawn_postings("key at amount\n near 11:00 1000\n far 999:00 1000")
    matched, ambiguous = parted(debits, postings)
    assert not matched
    assert set(ambiguous) == {"near"} | {f"d{n:04}" for n in range(size)}
    assert set(ambiguous.values()) == {"search_bound"}


def test_an_amount_of_nothing_is_neither_whole_nor_piece():
    debits = drawn_debits("key amount\n d1 600\n d2 400\n d3 0\n d4 -100\n d5 1100")
    postings = drawn_postings("key amount\n p 1000\n p0 0")
    assert parted(debits, postings) == ({frozenset({"p", "d1", "d2"})}, {})


def test_nothing_in_gives_nothing_out_in_the_same_shape():
    result = split(drawn_debits("key"), drawn_postings("key\n p"), 10)
    assert result.num_rows == 0
    assert result.schema.names == ["group_no", "side", "entry_id", "verdict", "cause"]
