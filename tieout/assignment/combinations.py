"""Which combinations of pieces add up to a whole, counted by kind of piece.

Pieces of one amount and instalment are one kind: combinations that take equally many of each
kind are the same combination (contract 6.1, pass 3). Kinds are gone through from large to
small, as bank limits make pieces (full pieces, then a remainder), and sums that were reached
in several ways are followed once. So one search finds whether there is no combination, one or
more; the limit itself need not be known, as it could not overrule a second combination.
"""

from dataclasses import dataclass

_SEVERAL = 2
"""Ways to reach a sum are counted no further than this."""


class SearchBoundError(Exception):
    """The search took all the steps it was allowed."""


@dataclass
class Budget:
    """Steps that searches may still take. One step: one sum extended by one kind, once."""

    steps: int

    def spend(self) -> None:
        """Take one step. Raises SearchBoundError when there is none left."""
        if self.steps <= 0:
            raise SearchBoundError
        self.steps -= 1


@dataclass(frozen=True)
class Combinations:
    """`is_unique`: there is exactly one. `needed`: per kind the most that any one takes."""

    is_unique: bool
    needed: dict[int, int]


def combinations(whole: int, kinds: list[tuple[int, int]], budget: Budget) -> Combinations | None:
    """The combinations of `kinds`, (amount, how many there are), that add up to `whole`.

    Amounts are minor units, positive. None when there is no combination. Keys of `needed` are
    places in `kinds`. Raises SearchBoundError.
    """
    order = sorted(range(len(kinds)), key=lambda place: -kinds[place][0])
    left = sum(amount * number for amount, number in kinds)
    layers = [{0: 1}]
    for place in order:
        amount, number = kinds[place]
        left -= amount * number
        ways: dict[int, int] = {}
        for reached, known in layers[-1].items():
            for total in _extended(reached, amount, number, whole, left):
                budget.spend()
                ways[total] = min(ways.get(total, 0) + known, _SEVERAL)
        layers.append(ways)
    if whole not in layers[-1]:
        return None
    return Combinations(layers[-1][whole] == 1, _needed(whole, kinds, order, layers, budget))


def _extended(reached: int, amount: int, number: int, whole: int, left: int) -> range:
    """Sums after taking 0 to `number` more of `amount` that can still end at `whole`."""
    fewest = max(0, -(-(whole - left - reached) // amount))
    most = min(number, (whole - reached) // amount)
    return range(reached + fewest * amount, reached + most * amount + 1, amount)


def _needed(
    whole: int,
    kinds: list[tuple[int, int]],
    order: list[int],
    layers: list[dict[int, int]],
    budget: Budget,
) -> dict[int, int]:
    """Go back from the whole through every sum on the way of some combination."""
    needed: dict[int, int] = {}
    wanted = {whole}
    for place, before in zip(reversed(order), reversed(layers[:-1]), strict=True):
        amount, number = kinds[place]
        earlier = set()
        for total in wanted:
            for taken in range(min(number, total // amount) + 1):
                budget.spend()
                if total - taken * amount in before:
                    earlier.add(total - taken * amount)
                    if taken:
                        needed[place] = max(needed.get(place, 0), taken)
        wanted = earlier
    return needed
