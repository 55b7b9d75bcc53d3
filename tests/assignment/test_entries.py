from random import Random

import pytest

from tests.assignment.drawn import crowd, drawn_debits, drawn_postings
from tieout.assignment.entries import apart_in_time, clusters, has_candidate, may_meet


@pytest.mark.parametrize("seed", range(40))
def test_who_has_a_candidate_is_found_without_looking_at_pairs(seed):
    random = Random(seed)
    tables = crowd(random, "d", 6, (1,)), crowd(random, "p", 6, (1,))
    for debits, postings in clusters(*tables):
        meets = may_meet(debits, postings)
        debit_met, posting_met = has_candidate(debits, postings)
        assert debit_met.tolist() == meets.any(axis=1).tolist()
        assert posting_met.tolist() == meets.any(axis=0).tolist()


def test_a_silence_as_long_as_the_widest_window_does_not_part_entries():
    debits = drawn_debits("key at window\n d1 10:00 60\n d2 13:00:01 60")
    postings = drawn_postings("key at channel window\n p1 11:00 - 3600\n p2 13:00:02 - 3600")
    ((debits, postings),) = clusters(debits, postings)
    near = [(len(some), len(others)) for some, others in apart_in_time(debits, postings)]
    assert near == [(1, 1), (1, 1)]


def test_a_cluster_of_one_side_only_is_left_out():
    debits = drawn_debits("key cluster\n d1 A\n d2 B")
    postings = drawn_postings("key cluster\n p1 B\n p2 C")
    assert [tuple(map(len, both)) for both in clusters(debits, postings)] == [(1, 1)]


def test_a_table_without_a_column_of_the_shape_is_refused():
    with pytest.raises(KeyError, match="window_seconds"):
        list(clusters(drawn_debits("key\n d").drop("window_seconds"), drawn_postings("key\n p")))
