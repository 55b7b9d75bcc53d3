"""Pass 2 `by_loan_and_amount`: debits and postings of one loan and one equal amount, in pairs.

Source of the rules: contract 6.1, pass 2. As many pairs as possible, then as many agreeing
instalments, then the smallest total time gap. Where several assignments are best, entries that
are interchangeable (same instalment, or the posting names none) are paired in time order; all
others whose partner is open to doubt are ambiguous and take part in nothing.
"""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tieout.assignment.entries import (
    UNNAMED,
    Booleans,
    Entries,
    Integers,
    apart_in_time,
    clusters,
    has_candidate,
    may_meet,
    time_gaps,
)
from tieout.assignment.optimum import OPEN, InexactError, Unit, components, optimum
from tieout.assignment.time_order import in_time_order
from tieout.assignment.verdicts import Pairs

LARGEST_SIDE = 2_500
"""Debits, or postings, that one unbroken chain of posting windows may hold to be looked at pair
by pair; memory grows with the number of pairs. Longer chains are `search_bound`.
"""


def pair(debits: pa.Table, postings: pa.Table) -> pa.Table:
    """Pair open debits with open postings of equal amount.

    Both tables have the shape told in `tieout.assignment.entries`. The result:

        group_no    int64   numbers each pair, and each set of entries that are ambiguous together
        debit_id    int64   null in the row of an ambiguous posting
        posting_id  int64   null in the row of an ambiguous debit
        verdict     string  `matched` (both ids) or `ambiguous` (one id, one row an entry)
        cause       string  of an ambiguous entry: `tie` or `search_bound`

    Entries that find no partner are absent. Raises KeyError when a column is missing.
    """
    verdicts = Pairs()
    for debit_cluster, posting_cluster in clusters(debits, postings):
        for amount in np.intersect1d(debit_cluster.amount, posting_cluster.amount):
            _pair_equals(
                debit_cluster.take(debit_cluster.amount == amount),
                posting_cluster.take(posting_cluster.amount == amount),
                verdicts,
            )
    return verdicts.table()


def _pair_equals(debits: Entries, postings: Entries, verdicts: Pairs) -> None:
    for near_debits, near_postings in apart_in_time(debits, postings):
        if max(len(near_debits), len(near_postings)) > LARGEST_SIDE:
            debit_met, posting_met = has_candidate(near_debits, near_postings)
            verdicts.ambiguous(
                near_debits.ids[debit_met], near_postings.ids[posting_met], "search_bound"
            )
            continue
        edges = may_meet(near_debits, near_postings)
        for rows, columns in components(edges):
            _pair_component(
                near_debits.take(rows),
                near_postings.take(columns),
                edges[np.ix_(rows, columns)],
                verdicts,
            )


def _pair_component(debits: Entries, postings: Entries, edges: Booleans, verdicts: Pairs) -> None:
    if len(debits) == len(postings) == 1:
        verdicts.matched(debits.ids[0], postings.ids[0])
        return
    named = postings.instalment != UNNAMED
    agrees = named[None, :] & (debits.instalment[:, None] == postings.instalment[None, :])
    try:
        best = optimum(edges, agrees, time_gaps(debits, postings))
    except InexactError:
        verdicts.ambiguous(debits.ids, postings.ids, "search_bound")
        return
    for debit, posting in best.fixed:
        verdicts.matched(debits.ids[debit], postings.ids[posting])
    for unit in best.units:
        unit_debits, unit_postings = debits.take(unit.debits), postings.take(unit.postings)
        if not _interchangeable(unit, unit_debits.instalment, unit_postings.instalment):
            verdicts.ambiguous(unit_debits.ids, unit_postings.ids, "tie")
            continue
        for debit, posting in enumerate(in_time_order(unit)):
            if posting != OPEN:
                verdicts.matched(unit_debits.ids[debit], unit_postings.ids[posting])


def _interchangeable(unit: Unit, debit_instalment: Integers, posting_instalment: Integers) -> bool:
    """Do all best assignments pair the same instalments with the same named instalments, the
    same number of times each?

    They do exactly when every number that is put on the kinds of pairs adds up to the same
    total in all of them; and a total over pairs is constant exactly when the number of each
    allowed pair is the sum of a number of its debit and a number of its posting, these being 0
    where an entry may stay open. Here the numbers are 64 scrambled bits for each kind, and
    sums are taken modulo 2**64, so that totals of different kinds do not fall together.
    """
    number = _kind_numbers(debit_instalment, posting_instalment)
    debits, postings = number.shape
    known = np.concatenate([unit.debit_may_stay_open, unit.posting_may_stay_open])
    if not known.any():
        known[0] = True
    of_debit, of_posting = np.zeros(debits, np.uint64), np.zeros(postings, np.uint64)
    debit_known, posting_known = known[:debits], known[debits:]
    outwards = np.flatnonzero(known).tolist()
    for place in outwards:
        if place < debits:
            reached = np.flatnonzero(unit.allowed[place] & ~posting_known)
            of_posting[reached] = number[place, reached] - of_debit[place]
            posting_known[reached] = True
            outwards.extend((debits + reached).tolist())
        else:
            reached = np.flatnonzero(unit.allowed[:, place - debits] & ~debit_known)
            of_debit[reached] = number[reached, place - debits] - of_posting[place - debits]
            debit_known[reached] = True
            outwards.extend(reached.tolist())
    sums = of_debit[:, None] + of_posting[None, :]
    return bool((sums == number)[unit.allowed].all())


def _kind_numbers(debit_instalment: Integers, posting_instalment: Integers) -> NDArray[np.uint64]:
    """Row by debit, column by posting: the number of this kind of pair, 0 if the posting names
    no instalment. Scrambled by the finaliser of splitmix64 (Steele, Lea, Flood 2014).
    """
    _, debit_kind = np.unique(debit_instalment, return_inverse=True)
    _, posting_kind = np.unique(posting_instalment, return_inverse=True)
    kind = (debit_kind[:, None].astype(np.uint64) << 32) + posting_kind[None, :].astype(np.uint64)
    number = (kind + 1) * np.uint64(0x9E3779B97F4A7C15)
    number = (number ^ (number >> 30)) * np.uint64(0xBF58476D1CE4E5B9)
    number = (number ^ (number >> 27)) * np.uint64(0x94D049BB133111EB)
    number = number ^ (number >> 31)
    named = posting_instalment != UNNAMED
    result: NDArray[np.uint64] = np.where(named[None, :], number, np.uint64(0))
    return result
