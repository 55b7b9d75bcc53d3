"""The best assignment of one component, and how far it is the only best one.

Best means, in this order: most pairs, most agreeing instalments, least total time gap
(contract 6.1, pass 2). The three are packed into one integer cost a pair, every rank so heavy
that the ranks below it together cannot outweigh it. The solver library counts in floats;
its answer is believed only after prices (the dual solution) prove it best in whole numbers.

The prices also show every other best assignment: exactly the pairs that cost no more than
their prices can be exchanged, and only where such exchanges close into a circle. Where one
does, the pairs involved vary between best assignments; entries linked by varying pairs form a
unit, and each unit varies independently of all others.

scipy is imported where it is called: most days have nothing to solve.
"""

from dataclasses import dataclass
from itertools import count

import numpy as np

from tieout.assignment.entries import Booleans, Integers

_EXACT_IN_FLOATS = 2**50
"""Sums of a few costs below this are exact in float64, whose whole numbers end at 2**53."""

OPEN = -1
"""The partner of an entry that has none."""


class InexactError(Exception):
    """The component's costs are too large for the solver to be proven right."""


@dataclass(frozen=True)
class Unit:
    """Entries that best assignments pair in more than one way. Positions ascend in time.

    `allowed`: row by debit, column by posting: some best assignment has this pair.
    `partner`: per debit the column it has in one best assignment, or OPEN.
    `debit_may_stay_open`, `posting_may_stay_open`: some best assignment leaves it out.
    """

    debits: Integers
    postings: Integers
    allowed: Booleans
    partner: Integers
    debit_may_stay_open: Booleans
    posting_may_stay_open: Booleans


@dataclass(frozen=True)
class Optimum:
    """`fixed`: the (debit, posting) pairs that every best assignment has. `units`: the rest."""

    fixed: list[tuple[int, int]]
    units: list[Unit]


def optimum(edges: Booleans, agrees: Booleans, gaps: Integers) -> Optimum:
    """Solve one component. All arrays: row by debit, column by posting, in time order.

    Raises InexactError when the answer cannot be proven in whole numbers.
    """
    cost = _costs(edges, agrees, gaps)
    debits, postings = _solve(cost, edges)
    debit_price, posting_price = _prices(cost, debits, postings)
    tight = edges & (cost == debit_price[:, None] + posting_price[None, :])
    return _variation(tight, debits, postings, debit_price, posting_price)


def _costs(edges: Booleans, agrees: Booleans, gaps: Integers) -> Integers:
    pairs = min(edges.shape)
    gap_unit = max(int(np.gcd.reduce(gaps[edges])), 1)
    gap = gaps // gap_unit
    widest = int(gap[edges].max())
    agreement = pairs * widest + 1 if (edges & agrees).any() else 0
    pairing = pairs * (agreement + widest) + 1
    if pairing + agreement > _EXACT_IN_FLOATS:
        raise InexactError
    result: Integers = np.where(edges, gap - agrees * agreement - pairing, 0)
    return result


def _solve(cost: Integers, edges: Booleans) -> tuple[Integers, Integers]:
    from scipy.optimize import linear_sum_assignment

    # Rows in time order are the solver's worst case (every row displaces all before it), so
    # they are dealt out by a fixed stride.
    dealt = np.argsort((np.arange(len(cost), dtype=np.uint64) * 2654435761) % 2**32)
    rows, columns = linear_sum_assignment(cost[dealt].astype(np.float64))
    rows = dealt[rows]
    real = edges[rows, columns]
    ascending = np.argsort(rows[real])
    return rows[real][ascending], columns[real][ascending]


def _prices(cost: Integers, debits: Integers, postings: Integers) -> tuple[Integers, Integers]:
    """Prices that prove the pairs best: no pair costs less than its two prices together,
    every chosen pair costs just that, no price is above 0, and an open entry's price is 0.
    """
    free_debits = np.setdiff1d(np.arange(cost.shape[0]), debits)
    exchange = cost[debits][:, postings]
    exchange = exchange - np.diagonal(exchange)[:, None]
    price = cost[free_debits][:, postings].min(axis=0, initial=0)
    sweep_orders = (range(len(price)), range(len(price) - 1, -1, -1))
    for sweep in count():
        before = price.copy()
        for position in sweep_orders[sweep % 2]:
            np.minimum(price, price[position] + exchange[position], out=price)
        if (price == before).all():
            break
        if sweep > len(price):
            raise InexactError
    debit_price = np.zeros(cost.shape[0], dtype=np.int64)
    posting_price = np.zeros(cost.shape[1], dtype=np.int64)
    posting_price[postings] = price
    debit_price[debits] = cost[debits, postings] - price
    proven = (debit_price <= 0).all() and (cost >= debit_price[:, None] + posting_price).all()
    if not proven:
        raise InexactError
    return debit_price, posting_price


def _variation(
    tight: Booleans,
    debits: Integers,
    postings: Integers,
    debit_price: Integers,
    posting_price: Integers,
) -> Optimum:
    """Sort pairs into fixed and varying. A node of the graph of exchanges is a chosen pair; an
    arc says that its debit can take the next node's posting at no cost. One more node, the hub,
    stands for staying open.
    """
    hub = len(debits)
    debit_node = np.full(tight.shape[0], hub)
    posting_node = np.full(tight.shape[1], hub)
    debit_node[debits] = np.arange(hub)
    posting_node[postings] = np.arange(hub)

    takers, taken = np.nonzero(tight)
    opened_debits, opened_postings = (
        debits[debit_price[debits] == 0],
        postings[posting_price[postings] == 0],
    )
    sources = np.concatenate(
        [debit_node[takers], debit_node[opened_debits], np.full(len(opened_postings), hub)]
    )
    targets = np.concatenate(
        [posting_node[taken], np.full(len(opened_debits), hub), posting_node[opened_postings]]
    )
    circle = _components(sources, targets, hub + 1, "strong")
    moving = np.bincount(circle, minlength=hub + 1)[circle] > 1

    chosen = np.zeros_like(tight)
    chosen[debits[moving[:hub]], postings[moving[:hub]]] = True
    same_circle = circle[debit_node][:, None] == circle[posting_node][None, :]
    other_pair = debit_node[:, None] != posting_node[None, :]
    varying = (tight & same_circle & other_pair) | chosen

    fixed = [
        (int(debit), int(posting))
        for debit, posting in zip(debits[~moving[:hub]], postings[~moving[:hub]], strict=True)
    ]
    partner = np.full(tight.shape[0], OPEN)
    partner[debits] = postings
    beside_hub = circle == circle[hub]
    debit_may_stay_open = (debit_price == 0) & beside_hub[debit_node]
    posting_may_stay_open = (posting_price == 0) & beside_hub[posting_node]
    units = []
    for unit_debits, unit_postings in components(varying):
        column = {int(posting): place for place, posting in enumerate(unit_postings)}
        units.append(
            Unit(
                unit_debits,
                unit_postings,
                varying[np.ix_(unit_debits, unit_postings)],
                np.array([column.get(int(partner[debit]), OPEN) for debit in unit_debits]),
                debit_may_stay_open[unit_debits],
                posting_may_stay_open[unit_postings],
            )
        )
    return Optimum(fixed, units)


def components(edges: Booleans) -> list[tuple[Integers, Integers]]:
    """Rows and columns of each connected part of a two-sided graph, those without edges left
    out, ordered by their first row.
    """
    rows, columns = np.nonzero(edges)
    if 0 < len(rows) == edges.size:
        return [(np.arange(edges.shape[0]), np.arange(edges.shape[1]))]
    label = _components(rows, columns + edges.shape[0], sum(edges.shape), "weak")
    row_label, column_label = label[: edges.shape[0]], label[edges.shape[0] :]
    _, first = np.unique(row_label[rows], return_index=True)
    return [
        (np.flatnonzero(row_label == part), np.flatnonzero(column_label == part))
        for part in row_label[rows[np.sort(first)]]
    ]


def _components(sources: Integers, targets: Integers, size: int, connection: str) -> Integers:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    arcs = coo_array(
        (np.ones(len(sources), dtype=np.int32), (sources, targets)), shape=(size, size)
    )
    _, label = connected_components(arcs, directed=True, connection=connection)
    result: Integers = label
    return result
