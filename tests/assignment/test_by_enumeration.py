"""Small crowds, drawn by seed, against every assignment written down and looked at."""

from collections import Counter
from itertools import combinations, product
from random import Random

import pyarrow as pa
import pytest

from tests.assignment.drawn import SHAPE, crowd, entry, paired, parted

INFINITY = 10**9


def in_order(table: pa.Table) -> list[dict[str, object]]:
    return sorted(table.to_pylist(), key=lambda row: (row["at"], row["key"]))


def may_meet(debit, posting) -> bool:
    window = posting["window_seconds"]
    window = debit["window_seconds"] if window is None else window
    gap = abs((posting["at"] - debit["at"]).total_seconds())
    return gap <= window and posting["channel"] in (None, debit["channel"])


def every_assignment(debits, postings):
    """All ways to give each debit one posting or none, as tuples of posting places or None."""
    choices = [
        [None, *(j for j, posting in enumerate(postings) if may_meet(debit, posting))]
        for debit in debits
    ]
    for chosen in product(*choices):
        taken = [place for place in chosen if place is not None]
        if len(taken) == len(set(taken)):
            yield chosen


def worth(chosen, debits, postings):
    pairs = [(debits[i], postings[j]) for i, j in enumerate(chosen) if j is not None]
    agreeing = sum(
        debit["instalment_no"] == posting["instalment_no"] is not None for debit, posting in pairs
    )
    gap = sum(abs((posting["at"] - debit["at"]).total_seconds()) for debit, posting in pairs)
    return len(pairs), agreeing, -gap


def parts(links: set[tuple[str, str]]) -> list[set[str]]:
    found: list[set[str]] = []
    for one, other in links:
        touching = [part for part in found if one in part or other in part]
        found = [part for part in found if part not in touching]
        found.append({one, other}.union(*touching))
    return found


def expected_pairs(debits, postings):
    """Contract 6.1, pass 2, by looking at every assignment."""
    ways = list(every_assignment(debits, postings))
    best = max(worth(chosen, debits, postings) for chosen in ways)
    optimal = [chosen for chosen in ways if worth(chosen, debits, postings) == best]
    pairs = [
        {(debits[i]["key"], postings[j]["key"]) for i, j in enumerate(chosen) if j is not None}
        for chosen in optimal
    ]
    always = set.intersection(*pairs)
    instalment = {row["key"]: row["instalment_no"] for row in [*debits, *postings]}
    matched, ambiguous = set(always), {}
    for part in parts(set.union(*pairs) - always):
        kinds = {
            frozenset(
                Counter(
                    (instalment[debit], instalment[posting])
                    for debit, posting in way
                    if debit in part and instalment[posting] is not None
                ).items()
            )
            for way in pairs
        }
        if len(kinds) > 1:
            ambiguous.update(dict.fromkeys(part, "tie"))
            continue
        rows = [i for i, debit in enumerate(debits) if debit["key"] in part]
        earliest = min(
            optimal, key=lambda way: [INFINITY if way[i] is None else way[i] for i in rows]
        )
        matched |= {
            (debits[i]["key"], postings[earliest[i]]["key"])
            for i in rows
            if earliest[i] is not None
        }
    return matched, ambiguous


@pytest.mark.parametrize("block", range(20))
def test_pairs_are_those_that_looking_at_every_assignment_gives(block):
    for seed in range(block * 20, block * 20 + 20):
        random = Random(seed)
        named = random.choice((("-",), ("3", "3", "4"), ("-", "3", "4", "5")))
        debits = crowd(random, "d", random.randrange(1, 6), (1000,), named)
        postings = crowd(random, "p", random.randrange(1, 6), (1000,), named)
        expected = expected_pairs(in_order(debits), in_order(postings))
        assert paired(debits, postings) == expected, seed


def expected_combinations(whole, pieces):
    """Kinds and members of every combination of two or more pieces that makes up the whole."""
    candidates = [piece for piece in pieces if 0 < piece["amount_minor"] < whole["amount_minor"]]
    found: dict[tuple[tuple[int, int | None], ...], list[str]] = {}
    for size in range(2, len(candidates) + 1):
        for members in combinations(candidates, size):
            if sum(piece["amount_minor"] for piece in members) == whole["amount_minor"]:
                kinds = sorted(
                    (piece["amount_minor"], str(piece["instalment_no"])) for piece in members
                )
                found.setdefault(tuple(kinds), [piece["key"] for piece in members])
    return found


@pytest.mark.parametrize("block", range(10))
def test_a_lone_whole_is_split_as_looking_at_every_combination_says(block):
    for seed in range(block * 20, block * 20 + 20):
        random = Random(seed)
        debits = crowd(random, "d", 7, (100, 200, 300, 500))
        postings = crowd(random, "p", 1, (700, 900))
        whole = postings.to_pylist()[0]
        pieces = [debit for debit in in_order(debits) if may_meet(debit, whole)]
        found = expected_combinations(whole, pieces)
        matched, ambiguous = parted(debits, postings)
        members = {whole["key"]}.union(*found.values()) if found else set()
        if len(found) == 1:
            assert (matched, ambiguous) == ({frozenset(members)}, {}), seed
        else:
            assert not matched, seed
            assert ambiguous == dict.fromkeys(members, "tie"), seed


def expected_service(wholes, pieces, needed):
    """The earliest pieces for the earliest whole, then for the next, so that all are served."""
    ways = [()]
    for whole in wholes:
        fitting = [place for place, piece in enumerate(pieces) if may_meet(piece, whole)]
        ways = [
            (*way, taken)
            for way in ways
            for taken in combinations(fitting, needed[whole["amount_minor"]])
            if not any(set(taken) & set(earlier) for earlier in way)
        ]
    earliest = min(ways, default=None)
    return earliest and [{pieces[place]["key"] for place in taken} for taken in earliest]


def test_competing_wholes_are_served_all_at_once_in_time_order():
    needed = {500: {800: 1, 1300: 2, 1100: 1}, 300: {800: 1, 1300: 1, 1100: 2}}
    served = 0
    for seed in range(400):
        random = Random(seed)
        debits = crowd(random, "d", 10, (500, 300), ("3",))
        rows = [
            entry(
                number,
                key=f"p{number}",
                at=f"10:0{random.randrange(6)}",
                amount=str(amount),
                channel="-",
                window=str(random.choice((60, 120, 180, 300))),
            )
            for number, amount in enumerate((800, 1300, 1100))
        ]
        postings = pa.Table.from_pylist(rows, schema=SHAPE)
        wholes = in_order(postings)
        full, rest = (
            expected_service(
                wholes,
                [piece for piece in in_order(debits) if piece["amount_minor"] == kind],
                needed[kind],
            )
            for kind in (500, 300)
        )
        if full and rest:
            served += 1
            groups = {
                frozenset({whole["key"], *some, *others})
                for whole, some, others in zip(wholes, full, rest, strict=True)
            }
            assert parted(debits, postings) == (groups, {}), seed
    assert served > 40


@pytest.mark.parametrize("seed", range(30))
def test_neither_the_order_of_rows_nor_the_values_of_ids_matter(seed):
    random = Random(seed)
    debits = crowd(random, "d", 12, (300, 500, 500, 1000))
    postings = crowd(random, "p", 12, (300, 500, 800, 1000))
    shuffled = []
    for table in (debits, postings):
        rows = table.to_pylist()
        random.shuffle(rows)
        for row, new_id in zip(rows, random.sample(range(10**6), len(rows)), strict=True):
            row["id"] = new_id
        shuffled.append(pa.Table.from_pylist(rows, schema=SHAPE))
    assert paired(debits, postings) == paired(*shuffled)
    assert parted(debits, postings) == parted(*shuffled)


@pytest.mark.parametrize("seed", range(30))
def test_an_entry_has_one_verdict_only_and_a_matched_group_adds_up(seed):
    random = Random(seed)
    debits = crowd(random, "d", 14, (100, 300, 500, 800))
    postings = crowd(random, "p", 14, (200, 300, 800, 1100))
    amount = {
        row["key"]: row["amount_minor"] for row in [*debits.to_pylist(), *postings.to_pylist()]
    }
    matched, ambiguous = parted(debits, postings)
    told = [key for group in matched for key in group] + list(ambiguous)
    assert len(told) == len(set(told))
    for group in matched:
        total = Counter()
        for key in group:
            total[key[0]] += amount[key]
        assert total["d"] == total["p"]
