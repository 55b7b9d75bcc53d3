"""Pass 3 `by_split_debits`: one posting that several debits make up, or the other way round.

Source of the rules: contract 6.1, pass 3. A whole with one combination of pieces matches it; a
whole with several is ambiguous with all that they take. Wholes that could take the same pieces
compete, and stand or fall together: when all of them can have their pieces, all match, in time
order; when they cannot, nobody can say who goes without, and all are ambiguous, unless they
are the same whole over again (amount and instalment), of which the earlier go first.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from tieout.assignment.combinations import Budget, SearchBoundError, combinations
from tieout.assignment.entries import (
    Entries,
    Integers,
    apart_in_time,
    clusters,
    has_candidate,
    joined,
    may_meet,
)
from tieout.assignment.optimum import OPEN, Unit, components
from tieout.assignment.time_order import in_time_order
from tieout.assignment.verdicts import Cause, Groups, Side

SEARCHES_PER_LOAN = 50
"""How many searches of full length the wholes of one loan may use up between them."""

LARGEST_SIDE = 1_500
"""Debits, or postings, that one unbroken chain of posting windows may hold to be searched; the
links between wholes and their pieces grow with the product. Longer chains are `search_bound`.
"""

Kind = tuple[int, int]
"""Amount and instalment: pieces of one kind are interchangeable, wholes of one kind the same."""


def split(debits: pa.Table, postings: pa.Table, max_steps: int) -> pa.Table:
    """Match open entries that are the exact sum of two or more open entries of the other side.

    Both tables have the shape told in `tieout.assignment.entries`. The search for one whole
    stops after `max_steps` steps (`combinations.Budget`), and the searches for one loan after
    SEARCHES_PER_LOAN times as many; where it stops, the whole and all its candidates are
    `search_bound`. The result:

        group_no   int64   numbers each whole with its pieces, and each set of entries that are
                           ambiguous together
        side       string  `debit` or `posting`: whose id it is
        entry_id   int64   a whole or a piece
        verdict    string  `matched` or `ambiguous`
        cause      string  of an ambiguous entry: `tie` or `search_bound`

    Entries in no combination are absent. Raises KeyError when a column is missing.
    """
    groups = Groups()
    for debit_cluster, posting_cluster in clusters(debits, postings):
        purse = Budget(max_steps * SEARCHES_PER_LOAN)
        for near_debits, near_postings in apart_in_time(debit_cluster, posting_cluster):
            reach = _Reach(near_debits, near_postings)
            if max(len(near_debits), len(near_postings)) > LARGEST_SIDE:
                met = np.concatenate(has_candidate(near_debits, near_postings))
                groups.ambiguous(reach.members(np.flatnonzero(met).tolist()), "search_bound")
            elif reach.size > 2:
                for competitors in _competitions(_wholes(reach, max_steps, purse), reach.size):
                    _judge(competitors, reach, groups)
    return groups.table()


class _Reach:
    """Debits and postings of one loan within reach of each other, numbered through: the place
    of an entry counts the debits first, then the postings, each in time order.
    """

    def __init__(self, debits: Entries, postings: Entries) -> None:
        self.entries = joined(debits, postings)
        self.size = len(self.entries)
        self._first_posting = len(debits)
        self._meets = may_meet(debits, postings)

    def candidates(self, whole: int) -> Integers:
        """Places of the entries that may be pieces of the whole, in time order."""
        if whole < self._first_posting:
            met = self._first_posting + np.flatnonzero(self._meets[whole])
        else:
            met = np.flatnonzero(self._meets[:, whole - self._first_posting])
        amount = self.entries.amount[met]
        result: Integers = met[(amount > 0) & (amount < self.entries.amount[whole])]
        return result

    def kind(self, place: int) -> Kind:
        """What makes the entry the same as another one of its side."""
        return int(self.entries.amount[place]), int(self.entries.instalment[place])

    def side(self, place: int) -> Side:
        """Which table the entry comes from."""
        return "debit" if place < self._first_posting else "posting"

    def members(self, places: list[int]) -> list[tuple[Side, int]]:
        """Side and id of each place."""
        return [(self.side(place), int(self.entries.ids[place])) for place in places]


@dataclass(frozen=True)
class _Whole:
    """A whole that can, or may, be made up.

    `pieces`: per kind that a combination takes, the places of all candidates in time order;
    `needed`: per kind the most that a combination takes. Where the search was stopped: all.
    """

    place: int
    pieces: dict[Kind, list[int]]
    needed: dict[Kind, int]
    doubt: Cause | None


def _wholes(reach: _Reach, max_steps: int, purse: Budget) -> list[_Whole]:
    """All wholes with a combination, or whose search was stopped, in time order."""
    wholes = []
    for place in np.argsort(reach.entries.at, kind="stable").tolist():
        candidates = reach.candidates(place)
        if len(candidates) < 2 or reach.entries.amount[candidates].sum() < reach.kind(place)[0]:
            continue
        pieces: dict[Kind, list[int]] = {}
        for candidate in candidates.tolist():
            pieces.setdefault(reach.kind(candidate), []).append(candidate)
        whole = _searched(place, reach.kind(place)[0], pieces, max_steps, purse)
        if whole is not None:
            wholes.append(whole)
    return wholes


def _searched(
    place: int, amount: int, pieces: dict[Kind, list[int]], max_steps: int, purse: Budget
) -> _Whole | None:
    kinds = list(pieces)
    budget = Budget(min(max_steps, purse.steps))
    granted = budget.steps
    try:
        found = combinations(amount, [(kind[0], len(pieces[kind])) for kind in kinds], budget)
    except SearchBoundError:
        return _Whole(place, pieces, {kind: len(pieces[kind]) for kind in kinds}, "search_bound")
    finally:
        purse.steps -= granted - budget.steps
    if found is None:
        return None
    needed = {kinds[taken]: number for taken, number in found.needed.items()}
    return _Whole(
        place,
        {kind: pieces[kind] for kind in needed},
        needed,
        None if found.is_unique else "tie",
    )


def _competitions(wholes: list[_Whole], size: int) -> list[list[_Whole]]:
    """Wholes that could take the same pieces, or one of which is a piece of another, together."""
    involves = np.zeros((len(wholes), size), dtype=np.bool_)
    for number, whole in enumerate(wholes):
        involves[number, whole.place] = True
        for places in whole.pieces.values():
            involves[number, places] = True
    return [[wholes[number] for number in rows] for rows, _ in components(involves)]


def _judge(competitors: list[_Whole], reach: _Reach, groups: Groups) -> None:
    doubts = {whole.doubt for whole in competitors}
    if "search_bound" in doubts:
        groups.ambiguous(reach.members(_in_doubt(competitors)), "search_bound")
    elif "tie" in doubts:
        groups.ambiguous(reach.members(_in_doubt(competitors)), "tie")
    elif (served := _all_served(competitors)) is not None:
        for whole, taken in zip(competitors, served, strict=True):
            groups.matched(reach.members([whole.place, *taken]))
    elif len({(reach.side(one.place), reach.kind(one.place)) for one in competitors}) == 1:
        for whole, taken in _first_come_first_served(competitors):
            groups.matched(reach.members([whole.place, *taken]))
    else:
        groups.ambiguous(reach.members(_in_doubt(competitors)), "tie")


def _in_doubt(competitors: list[_Whole]) -> list[int]:
    """The wholes and every piece that one of them would take, in time order among equals.

    Who has the fewest to choose from takes first, so that the others take what is left.
    """
    involved = {whole.place: None for whole in competitors}
    for whole in sorted(competitors, key=lambda whole: sum(map(len, whole.pieces.values()))):
        for kind, places in whole.pieces.items():
            untaken_first = sorted(places, key=lambda place: place in involved)
            involved.update(dict.fromkeys(untaken_first[: whole.needed[kind]]))
    return list(involved)


def _all_served(competitors: list[_Whole]) -> list[list[int]] | None:
    """Per whole its pieces, all wholes at once, in time order; None when they do not suffice."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_bipartite_matching

    wholes = {whole.place for whole in competitors}
    demands = [
        (number, set(whole.pieces[kind]) - wholes)
        for number, whole in enumerate(competitors)
        for kind, needed in whole.needed.items()
        for _ in range(needed)
    ]
    places = sorted(set().union(*(fitting for _, fitting in demands)))
    if len(places) < len(demands):
        return None
    allowed = np.array([[place in fitting for place in places] for _, fitting in demands])
    partner = maximum_bipartite_matching(csr_array(allowed), perm_type="column")
    if (partner == OPEN).any():
        return None
    columns = in_time_order(
        Unit(
            debits=np.arange(len(demands)),
            postings=np.arange(len(places)),
            allowed=allowed,
            partner=partner.astype(np.int64),
            debit_may_stay_open=np.zeros(len(demands), dtype=np.bool_),
            posting_may_stay_open=np.ones(len(places), dtype=np.bool_),
        )
    )
    served: list[list[int]] = [[] for _ in competitors]
    for (number, _), column in zip(demands, columns, strict=True):
        served[number].append(places[column])
    return served


def _first_come_first_served(competitors: list[_Whole]) -> list[tuple[_Whole, list[int]]]:
    """The same whole over again: each in time order, as long as the pieces last."""
    gone: set[int] = set()
    served = []
    for whole in competitors:
        left = {
            kind: [place for place in places if place not in gone]
            for kind, places in whole.pieces.items()
        }
        if all(len(left[kind]) >= needed for kind, needed in whole.needed.items()):
            taken = [
                place for kind, needed in whole.needed.items() for place in left[kind][:needed]
            ]
            gone.update(taken)
            served.append((whole, taken))
    return served
