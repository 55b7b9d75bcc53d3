import pyarrow as pa
import pytest

from tests.assignment.drawn import drawn_debits, drawn_postings, paired
from tieout.assignment import pair, pairing


def test_a_debit_and_a_posting_of_one_amount_are_a_pair():
    debits = drawn_debits("key at\n d 10:00")
    postings = drawn_postings("key at\n p 12:00")
    assert paired(debits, postings) == ({("d", "p")}, {})


@pytest.mark.parametrize("at", ["10:00", "34:00"])
def test_the_window_includes_both_of_its_ends(at):
    debits = drawn_debits("key at window\n d 22:00 43200")
    assert paired(debits, drawn_postings(f"key at\n p {at}")) == ({("d", "p")}, {})


@pytest.mark.parametrize("at", ["09:59:59", "34:00:01"])
def test_a_second_past_the_window_is_no_candidate(at):
    debits = drawn_debits("key at window\n d 22:00 43200")
    assert paired(debits, drawn_postings(f"key at\n p {at}")) == (set(), {})


def test_a_posting_may_bring_its_own_window():
    debits = drawn_debits("key at window\n d 10:00 3600")
    postings = drawn_postings("key at channel window\n p 12:00 - 7200")
    assert paired(debits, postings) == ({("d", "p")}, {})


@pytest.mark.parametrize("cells", ["cluster other", "channel alipay", "amount 1001"])
def test_another_loan_channel_or_amount_is_no_candidate(cells):
    column, value = cells.split()
    debits = drawn_debits("key\n d", window="3600")
    assert paired(debits, drawn_postings("key\n p", **{column: value})) == (set(), {})


def test_a_posting_without_channel_may_meet_any_channel():
    debits = drawn_debits("key channel\n d alipay")
    assert paired(debits, drawn_postings("key channel window\n p - -")) == ({("d", "p")}, {})


def test_more_pairs_beat_agreeing_instalments_and_small_gaps():
    debits = drawn_debits("""
        key at    instalment window
        d1  10:00 3          7200
        d2  12:00 4          7200
    """)
    postings = drawn_postings("""
        key at    instalment
        p1  12:00 4
        p2  14:00 5
    """)
    assert paired(debits, postings) == ({("d1", "p1"), ("d2", "p2")}, {})


def test_an_agreeing_instalment_beats_a_smaller_gap():
    debits = drawn_debits("key at instalment\n d1 10:00 3\n d2 10:59 4")
    postings = drawn_postings("key at instalment\n p 11:00 3")
    assert paired(debits, postings) == ({("d1", "p")}, {})


def test_two_entries_that_name_no_instalment_do_not_agree():
    debits = drawn_debits("key at instalment\n d1 10:00 -\n d2 10:59 4")
    postings = drawn_postings("key at instalment\n p 11:00 -")
    assert paired(debits, postings) == ({("d2", "p")}, {})


def test_the_smallest_total_gap_wins_not_the_nearest_neighbour():
    debits = drawn_debits("key at\n d1 10:00\n d2 10:10")
    postings = drawn_postings("key at\n p1 10:09\n p2 10:30")
    assert paired(debits, postings) == ({("d1", "p1"), ("d2", "p2")}, {})


def test_a_gap_is_measured_below_the_second():
    debits = drawn_debits("key at\n d1 10:00:00.000001\n d2 10:00:02")
    postings = drawn_postings("key at\n p 10:00:01")
    assert paired(debits, postings) == ({("d1", "p")}, {})


def test_interchangeable_entries_are_paired_in_time_order():
    debits = drawn_debits("key at instalment\n d2 10:01 3\n d1 10:00 3")
    postings = drawn_postings("key at instalment\n p2 12:01 3\n p1 12:00 3")
    assert paired(debits, postings) == ({("d1", "p1"), ("d2", "p2")}, {})


def test_entries_of_one_instant_are_paired_in_the_order_of_their_keys():
    debits = drawn_debits("key\n d2\n d1")
    postings = drawn_postings("key\n p3\n p2")
    assert paired(debits, postings) == ({("d1", "p2"), ("d2", "p3")}, {})


def test_of_interchangeable_debits_equally_near_the_earlier_is_matched():
    debits = drawn_debits("key at instalment\n d1 10:00 3\n d2 12:00 3")
    postings = drawn_postings("key at instalment\n p 11:00 3")
    assert paired(debits, postings) == ({("d1", "p")}, {})


def test_a_nearer_debit_is_not_left_open_for_an_earlier_one():
    debits = drawn_debits("key at\n d1 10:00\n d2 10:00\n d3 10:03")
    postings = drawn_postings("key at\n p1 10:05\n p2 10:05")
    assert paired(debits, postings) == ({("d1", "p1"), ("d3", "p2")}, {})


def test_a_nearer_posting_is_not_left_open_for_an_earlier_one():
    debits = drawn_debits("key at\n d1 10:05\n d2 10:05")
    postings = drawn_postings("key at\n p1 10:00\n p2 10:00\n p3 10:03")
    assert paired(debits, postings) == ({("d1", "p1"), ("d2", "p3")}, {})


def test_debits_of_different_instalments_are_interchangeable_to_a_posting_that_names_none():
    debits = drawn_debits("key at instalment\n d1 10:00 3\n d2 12:00 4")
    postings = drawn_postings("key at instalment\n p 11:00 -")
    assert paired(debits, postings) == ({("d1", "p")}, {})


def test_debits_of_different_instalments_are_not_guessed_for_a_posting_that_names_a_third():
    debits = drawn_debits("key at instalment\n d1 10:00 3\n d2 12:00 4")
    postings = drawn_postings("key at instalment\n p 11:00 5")
    assert paired(debits, postings) == (set(), {"d1": "tie", "d2": "tie", "p": "tie"})


def test_postings_that_name_different_instalments_are_not_guessed():
    debits = drawn_debits("key at\n d 11:00")
    postings = drawn_postings("key at instalment\n p1 10:00 3\n p2 12:00 4")
    assert paired(debits, postings) == (set(), {"d": "tie", "p1": "tie", "p2": "tie"})


def test_a_posting_that_names_an_instalment_is_not_interchangeable_with_one_that_names_none():
    debits = drawn_debits("key at instalment\n d 11:00 5")
    postings = drawn_postings("key at instalment\n p1 10:00 3\n p2 12:00 -")
    assert paired(debits, postings) == (set(), {"d": "tie", "p1": "tie", "p2": "tie"})


def test_one_kind_of_debit_pairs_in_time_order_with_postings_that_name_different_instalments():
    debits = drawn_debits("key at instalment\n d1 10:00 3\n d2 10:01 3")
    postings = drawn_postings("key at instalment\n p1 12:00 5\n p2 12:01 6")
    assert paired(debits, postings) == ({("d1", "p1"), ("d2", "p2")}, {})


def test_what_every_best_assignment_has_is_matched_beside_what_is_ambiguous():
    debits = drawn_debits("""
        key at    instalment
        d1  10:00 3
        d2  12:00 4
        d3  20:00 7
    """)
    postings = drawn_postings("""
        key at    instalment
        p1  11:00 5
        p2  20:01 7
    """)
    assert paired(debits, postings) == (
        {("d3", "p2")},
        {"d1": "tie", "d2": "tie", "p1": "tie"},
    )


def test_a_doubt_does_not_spread_to_another_doubt_of_the_same_loan_that_time_order_settles():
    debits = drawn_debits("""
        key at    instalment
        a1  10:00 3
        a2  12:00 4
        b1  18:00 8
        b2  20:00 8
    """)
    postings = drawn_postings("""
        key at    instalment
        p   11:00 5
        q   19:00 8
    """)
    assert paired(debits, postings) == (
        {("b1", "q")},
        {"a1": "tie", "a2": "tie", "p": "tie"},
    )


def test_entries_in_doubt_together_share_a_group_number():
    debits = drawn_debits("key at instalment\n d1 10:00 3\n d2 12:00 4")
    postings = drawn_postings("key at instalment\n p 11:00 5")
    assert set(pair(debits, postings)["group_no"].to_pylist()) == {1}


def test_nothing_in_gives_nothing_out_in_the_same_shape():
    result = pair(drawn_debits("key"), drawn_postings("key\n p"))
    assert result.num_rows == 0
    assert result.schema.names == ["group_no", "debit_id", "posting_id", "verdict", "cause"]
    assert result.schema == pair(drawn_debits("key\n d"), drawn_postings("key\n p")).schema


def crowd(size: int, step: int, start: int, instalments: int) -> pa.Table:
    rows = "\n".join(
        f"{number:05} 10:00:{start + number * step} {number % instalments}"
        for number in range(size)
    )
    return drawn_debits(f"key at instalment\n{rows}", window="300000")


@pytest.mark.parametrize("step", [0, 1, 30])
@pytest.mark.parametrize("instalments", [1, 3])
def test_two_thousand_equal_debits_and_postings_of_one_loan_are_solved(step, instalments):
    size = 2_000
    matched, ambiguous = paired(
        crowd(size, step, 0, instalments), crowd(size, step, 60, instalments)
    )
    assert not ambiguous
    assert matched == {(f"{number:05}", f"{number:05}") for number in range(size)}


def test_more_debits_than_can_be_looked_at_pair_by_pair_are_said_to_be_out_of_bound():
    size = pairing.LARGEST_SIDE + 1
    debits = crowd(size, 1, 0, 1)
    postings = drawn_postings("key at\n near 10:10\n far 200:00")
    matched, ambiguous = paired(debits, postings)
    assert not matched
    assert set(ambiguous) == {"near"} | {f"{number:05}" for number in range(size)}
    assert set(ambiguous.values()) == {"search_bound"}


def test_as_many_debits_as_can_be_looked_at_are_paired():
    debits = crowd(pairing.LARGEST_SIDE, 1, 0, 1)
    assert paired(debits, drawn_postings("key at instalment\n p 10:00:01 1"))[0] == {("00001", "p")}


def test_gaps_too_long_to_be_weighed_exactly_are_said_to_be_out_of_bound():
    debits = drawn_debits("""
        key at                 window
        d1  10:00:00.000001    2000000000
        d2  300000:00:00       2000000000
    """)
    postings = drawn_postings("key at\n p1 11:00\n p2 300000:00:01")
    assert paired(debits, postings) == (
        set(),
        dict.fromkeys(["d1", "d2", "p1", "p2"], "search_bound"),
    )
