"""Among assignments that are equally good, the one in time order: earlier with earlier.

Exactly: the earliest debit gets the earliest posting that any of these assignments gives it,
then the next debit among what remains, and so on; an entry stays open only when none is left
for it. Entries of one instant stand in the order of their keys.
"""

from collections.abc import Iterator

import numpy as np

from tieout.assignment.entries import Integers
from tieout.assignment.optimum import OPEN, Unit


def in_time_order(unit: Unit) -> Integers:
    """Per debit of the unit its posting's column, or OPEN."""
    exchange = _Exchange(unit)
    for row in range(len(unit.debits)):
        exchange.settle(row)
    real = len(unit.postings)
    columns = exchange.partner[: len(unit.debits)]
    return np.array([column if column < real else OPEN for column in columns])


class _Exchange:
    """A unit in which nobody stays open: an open entry is paired with a stand-in.

    Stand-ins come after all entries, and meet only those that may stay open, so that every
    exchange is a circle of rows, each taking the next one's column. Sets of columns are the
    bits of an integer.
    """

    def __init__(self, unit: Unit) -> None:
        partner = _uncrossed(unit)
        open_rows = np.flatnonzero(partner == OPEN)
        open_columns = np.setdiff1d(np.arange(len(unit.postings)), partner)
        size = len(unit.debits) + len(open_columns)
        allowed = np.zeros((size, size), dtype=np.bool_)
        rows, columns = unit.allowed.shape
        allowed[:rows, :columns] = unit.allowed
        allowed[:rows, columns:] = unit.debit_may_stay_open[:, None]
        allowed[rows:, :columns] = unit.posting_may_stay_open[None, :]
        partner[open_rows] = np.arange(columns, size)
        self.partner: list[int] = [*partner.tolist(), *open_columns.tolist()]
        self.owner = np.argsort(self.partner).tolist()
        self.allowed = [
            int.from_bytes(line.tobytes(), "little")
            for line in np.packbits(allowed, axis=1, bitorder="little")
        ]
        self.unsettled = (1 << size) - 1

    def settle(self, row: int) -> None:
        """Give the row the earliest column it can have, and keep both out of later exchanges."""
        earlier = (1 << self.partner[row]) - 1
        hopeless: set[int] = set()
        for wanted in _places(self.allowed[row] & self.unsettled & earlier):
            circle = self._circle(self.owner[wanted], row, hopeless)
            if circle:
                columns = [self.partner[member] for member in circle]
                for member, column in zip(circle, columns[1:] + columns[:1], strict=True):
                    self.partner[member] = column
                    self.owner[column] = member
                break
        self.unsettled &= ~(1 << self.partner[row])

    def _circle(self, start: int, end: int, hopeless: set[int]) -> list[int]:
        """Rows from `start` to `end`, each of which can take the next one's column; empty when
        there are none. Rows found unable to reach `end` are added to `hopeless`.
        """
        came_from = {start: start}
        queue = [] if start in hopeless else [start]
        for row in queue:
            reached = self.allowed[row] & self.unsettled
            if reached >> self.partner[end] & 1:
                circle = [end, row]
                while circle[-1] != start:
                    circle.append(came_from[circle[-1]])
                return circle[::-1]
            for column in _places(reached):
                following = self.owner[column]
                if following not in came_from and following not in hopeless:
                    came_from[following] = row
                    queue.append(following)
        hopeless.update(queue)
        return []


def _places(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _uncrossed(unit: Unit) -> Integers:
    """The unit's assignment, uncrossed where every uncrossed pair is allowed: mostly the answer."""
    partner = unit.partner.copy()
    paired = np.flatnonzero(partner != OPEN)
    ascending = np.sort(partner[paired])
    if unit.allowed[paired, ascending].all():
        partner[paired] = ascending
    return partner
