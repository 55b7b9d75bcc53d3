"""Who belongs to whom: the five passes of contract section 6.1, by exhaustive search.

Readings taken:
* the window between a debit and a posting is that of the debit's channel at the debit; for a
  posting whose channel cannot be known it is the widest of its lender's channels;
* pairings of equal worth are one pairing when they join the same instalments (those of a posting
  that names none do not count), and then the first in time order is taken; of pairings that
  differ, each part that varies on its own is judged on its own;
* of equal pieces only as many are ambiguous as the combinations take, the earlier ones;
* passes 4 and 5 leave open, not ambiguous, what has more than one candidate;
* a combination of pass 3 may mix channels only for a posting that names none.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import combinations

from tests.oracle.asof import Known
from tests.oracle.entries import Booking, Debit, bookings, net_debits
from tests.oracle.rows import Order

Entry = Debit | Booking
MOST_CANDIDATES = 14


class TooMany(Exception):
    """A component too large for exhaustive search: the world is at fault, not the rule."""


@dataclass(frozen=True)
class Group:
    """Debits and postings that belong together."""

    rule: str
    debits: tuple[Debit, ...]
    postings: tuple[Booking, ...]
    is_waiting: bool = False

    @property
    def subjects(self) -> frozenset[str]:
        return frozenset(
            [debit.subject for debit in self.debits]
            + [posting.subject for posting in self.postings]
        )

    @property
    def debit_sum(self) -> int:
        return sum(debit.net for debit in self.debits)

    @property
    def posting_sum(self) -> int:
        return sum(posting.amount for posting in self.postings)


@dataclass
class Matching:
    """The outcome of all passes."""

    debits: list[Debit]
    postings: list[Booking]
    excluded: dict[str, str]
    groups: list[Group] = field(default_factory=list)
    ambiguous: dict[str, str] = field(default_factory=dict)

    def taken(self) -> set[str]:
        """Every entry that a pass has settled."""
        settled = set(self.ambiguous)
        for group in self.groups:
            settled |= group.subjects
        return settled

    def open_debits(self) -> list[Debit]:
        """Debits with money left that no pass has settled."""
        taken = self.taken()
        return [debit for debit in self.debits if debit.net and debit.subject not in taken]

    def open_postings(self) -> list[Booking]:
        """Postings that no pass has settled."""
        taken = self.taken()
        return [posting for posting in self.postings if posting.subject not in taken]


def match(known: Known, late_match_days: int) -> Matching:
    """Run the passes in order; each sees only what earlier ones left open."""
    postings, excluded = bookings(known)
    matching = Matching(net_debits(known), postings, excluded)
    by_order_no(known, matching)
    by_loan_and_amount(known, matching)
    by_split_debits(known, matching)
    by_amount_across_loans(known, matching)
    by_loan_and_amount_late(known, matching, timedelta(days=late_match_days))
    return matching


def order_group(  # type: ignore[no-untyped-def]
    known: Known, channel: str, order_no: str, lender: str | None, order: Order | None
):
    """The pass-1 key of an order_no: the split its lender's order is a piece of, else itself."""
    if order is not None and order.purpose == "instalment" and order.instalment_no is not None:
        instalment = known.instalments.get((lender or "", order.loan_id, order.instalment_no))
        if instalment is not None and order.amount < instalment.due:
            return (
                "split",
                lender,
                order.loan_id,
                order.instalment_no,
                channel,
                order.requested_at.date(),
            )
    return ("order", channel, order_no)


def by_order_no(known: Known, matching: Matching) -> None:
    """Pass 1."""
    debits: dict[Hashable, list[Debit]] = {}
    postings: dict[Hashable, list[Booking]] = {}
    for debit in matching.open_debits():
        if debit.line.order_no is not None:
            key = order_group(known, debit.channel, debit.line.order_no, debit.lender, debit.order)
            debits.setdefault(key, []).append(debit)
    for posting in matching.open_postings():
        if posting.row.order_no is not None and posting.channel is not None:
            key = order_group(
                known, posting.channel, posting.row.order_no, posting.order_lender, posting.order
            )
            postings.setdefault(key, []).append(posting)
    for key in debits.keys() & postings.keys():
        members = (tuple(debits[key]), tuple(postings[key]))
        last = max(members[0], key=lambda debit: debit.rank)
        tolerance = known.terms(last.channel, last.at.date()).amount_tolerance
        group = Group("by_order_no", *members)
        if abs(group.debit_sum - group.posting_sum) > tolerance:
            until = known.due(last.at, known.window(last.channel, last.at))
            group = Group("by_order_no", *members, until > known.as_of)
        matching.groups.append(group)


def may_meet(debit: Debit, posting: Booking) -> bool:
    """Whether a posting's channel, when it is known, is the debit's."""
    return posting.channel is None or posting.channel == debit.channel


def is_within_window(known: Known, debit: Debit, posting: Booking) -> bool:
    """Whether the two happened within one posting window of each other."""
    window = known.window(debit.channel, debit.at) if posting.channel else posting.window
    return abs(known.elapsed(debit.at, posting.at)) <= window


class SameLoan:
    """Debits whose orders name one loan, and postings booked to it, each in their order."""

    def __init__(self, debits: list[Debit], postings: list[Booking]) -> None:
        self._debits: dict[tuple[str, str], list[Debit]] = defaultdict(list)
        self._postings: dict[tuple[str, str], list[Booking]] = defaultdict(list)
        for debit in debits:
            if debit.order is not None and debit.lender is not None:
                self._debits[debit.lender, debit.order.loan_id].append(debit)
        for posting in postings:
            self._postings[posting.lender, posting.row.loan_id].append(posting)

    def debits(self, posting: Booking) -> list[Debit]:
        """The debits of the posting's loan."""
        return self._debits[posting.lender, posting.row.loan_id]

    def postings(self, debit: Debit) -> list[Booking]:
        """The postings of the loan that the debit's order names."""
        if debit.order is None or debit.lender is None:
            return []
        return self._postings[debit.lender, debit.order.loan_id]


def components(
    edges: Iterable[tuple[Entry, Entry]],
) -> list[list[Entry]]:
    """Entries joined by edges, each list in time order."""
    neighbours: dict[str, set[str]] = {}
    entries: dict[str, Entry] = {}
    for left, right in edges:
        for entry, other in ((left, right), (right, left)):
            entries[entry.subject] = entry
            neighbours.setdefault(entry.subject, set()).add(other.subject)
    seen: set[str] = set()
    found = []
    for start in sorted(neighbours):
        if start in seen:
            continue
        member, frontier = set(), [start]
        while frontier:
            subject = frontier.pop()
            if subject not in member:
                member.add(subject)
                frontier.extend(neighbours[subject])
        seen |= member
        found.append(sorted((entries[name] for name in member), key=lambda entry: entry.rank))
    return found


def by_loan_and_amount(known: Known, matching: Matching) -> None:
    """Pass 2."""
    postings = [posting for posting in matching.open_postings() if not posting.is_usable]
    same_loan = SameLoan(matching.open_debits(), postings)
    edges = [
        (debit, posting)
        for posting in postings
        for debit in same_loan.debits(posting)
        if may_meet(debit, posting)
        and debit.net == posting.amount
        and is_within_window(known, debit, posting)
    ]
    pairs_of = {(debit.subject, posting.subject) for debit, posting in edges}
    for component in components(edges):
        settle_component(
            known,
            matching,
            [entry for entry in component if isinstance(entry, Debit)],
            [entry for entry in component if isinstance(entry, Booking)],
            lambda debit, posting: (debit.subject, posting.subject) in pairs_of,
        )


Pairing = tuple[int | None, ...]
"""For each posting in time order, the index of its debit in time order."""


def settle_component(
    known: Known,
    matching: Matching,
    debits: list[Debit],
    postings: list[Booking],
    is_candidate: Callable[[Debit, Booking], bool],
) -> None:
    """Match one component of pass 2, or call it ambiguous."""
    if len(debits) > MOST_CANDIDATES or len(postings) > MOST_CANDIDATES:
        raise TooMany(debits, postings)
    best = best_pairings(known, debits, postings, is_candidate)
    paired = {(n, pairing[n]) for pairing in best for n in range(len(postings))}
    doubtful = [
        (debits[index], postings[number])
        for number, index in paired
        if index is not None and any(pairing[number] != index for pairing in best)
    ]
    unsure = {entry.subject for edge in doubtful for entry in edge}
    parts = [{entry.subject for entry in part} for part in components(doubtful)]
    parts.extend({posting.subject} for posting in postings if posting.subject not in unsure)
    for part in parts:
        numbers = [n for n, posting in enumerate(postings) if posting.subject in part]
        settle_part(
            matching,
            debits,
            [postings[n] for n in numbers],
            {tuple(pairing[n] for n in numbers) for pairing in best},
        )


def settle_part(
    matching: Matching, debits: list[Debit], postings: list[Booking], best: set[Pairing]
) -> None:
    """One part of a component whose best pairings vary on their own."""
    if len({meaning(pairing, debits, postings) for pairing in best}) == 1:
        chosen = min(best, key=lambda pairing: in_time_order(pairing, len(debits)))
        for posting, index in zip(postings, chosen, strict=True):
            if index is not None:
                matching.groups.append(Group("by_loan_and_amount", (debits[index],), (posting,)))
        return
    for pairing in best:
        for posting, index in zip(postings, pairing, strict=True):
            if index is not None:
                for subject in (posting.subject, debits[index].subject):
                    matching.ambiguous[subject] = "several_pairings"


def in_time_order(pairing: Pairing, debits: int) -> tuple[int, ...]:
    """For each debit in time order, the place of its posting: the least is in time order."""
    places = {index: number for number, index in enumerate(pairing) if index is not None}
    return tuple(places.get(index, len(pairing)) for index in range(debits))


def best_pairings(
    known: Known,
    debits: list[Debit],
    postings: list[Booking],
    is_candidate: Callable[[Debit, Booking], bool],
) -> list[Pairing]:
    """All pairings with most pairs, then most agreeing instalments, then least total time gap.

    Every subset of debits is tried; only pairings that tie for the same subset are kept.
    """
    Score = tuple[int, int, timedelta]
    states: dict[frozenset[int], tuple[Score, list[Pairing]]] = {
        frozenset(): ((0, 0, timedelta()), [()])
    }
    for posting in postings:
        following: dict[frozenset[int], tuple[Score, list[Pairing]]] = {}
        for used, (score, pairings) in states.items():
            options: list[tuple[int | None, Score]] = [(None, score)]
            for index, debit in enumerate(debits):
                if index in used or not is_candidate(debit, posting):
                    continue
                agrees = posting.instalment_no is not None and (
                    posting.instalment_no == debit.instalment_no
                )
                gap = abs(known.elapsed(debit.at, posting.at))
                options.append((index, (score[0] + 1, score[1] + agrees, score[2] - gap)))
            for chosen, reached in options:
                subset = used if chosen is None else used | {chosen}
                grown = [(*pairing, chosen) for pairing in pairings]
                standing = following.get(subset)
                if standing is None or reached > standing[0]:
                    following[subset] = (reached, grown)
                elif reached == standing[0]:
                    standing[1].extend(grown)
        states = following
    top = max(score for score, _ in states.values())
    return [pairing for score, pairings in states.values() if score == top for pairing in pairings]


def meaning(pairing: Pairing, debits: list[Debit], postings: list[Booking]) -> Hashable:
    """What a pairing says about instalments: equal meanings are interchangeable."""
    joined: Counter[tuple[int | None, int | None]] = Counter()
    for posting, index in zip(postings, pairing, strict=True):
        if index is not None:
            named = posting.instalment_no
            joined[named, None if named is None else debits[index].instalment_no] += 1
    return frozenset(joined.items())


def by_split_debits(known: Known, matching: Matching) -> None:
    """Pass 3."""
    debits = matching.open_debits()
    postings = [p for p in matching.open_postings() if p.amount and not p.is_usable]
    same_loan = SameLoan(debits, postings)
    combos: list[tuple[Entry, tuple[Entry, ...]]] = []
    for posting in postings:
        pieces = [d for d in same_loan.debits(posting) if could_be_pieces(known, d, posting)]
        combos.extend((posting, combo) for combo in sums_to(pieces, posting.amount))
    for debit in debits:
        bookings_near = [p for p in same_loan.postings(debit) if could_be_pieces(known, debit, p)]
        combos.extend((debit, combo) for combo in sums_to(bookings_near, debit.amount))
    edges = [(target, piece) for target, combo in combos for piece in combo]
    for component in components(edges):
        members = {entry.subject for entry in component}
        here = [item for item in combos if item[0].subject in members]
        groups = allocate(component, here)
        if groups is None:
            for subject in members_in_doubt(here):
                matching.ambiguous[subject] = "several_combinations"
        else:
            matching.groups.extend(groups)


def could_be_pieces(known: Known, debit: Debit, posting: Booking) -> bool:
    """Whether a debit and a posting of one loan may stand in one combination."""
    return may_meet(debit, posting) and is_within_window(known, debit, posting)


def sums_to(pieces: Sequence[Entry], amount: int) -> list[tuple[Entry, ...]]:
    """Every combination of two or more pieces that adds up to `amount`."""
    if len(pieces) > MOST_CANDIDATES:
        raise TooMany(pieces)
    return [
        combo
        for size in range(2, len(pieces) + 1)
        for combo in combinations(pieces, size)
        if sum(piece.amount for piece in combo) == amount
    ]


def kind_of_combination(combo: tuple[Entry, ...]) -> Hashable:
    """Combinations differ only if their amounts or instalments differ."""
    return tuple(sorted((entry.amount, str(entry.instalment_no)) for entry in combo))


def members_in_doubt(combos: list[tuple[Entry, tuple[Entry, ...]]]) -> set[str]:
    """Targets, and of equal pieces as many as all targets together would take, in time order.

    A piece that is a target itself may be a whole instead: then another one was taken for it.
    """
    most: dict[Hashable, Counter[Hashable]] = {}
    pieces: dict[Hashable, dict[str, Entry]] = {}
    for target, combo in combos:
        kinds = Counter(kind_of_piece(entry) for entry in combo)
        most[target.subject] = most.get(target.subject, Counter()) | kinds
        for entry in combo:
            pieces.setdefault(kind_of_piece(entry), {})[entry.subject] = entry
    targets = {target.subject for target, _ in combos}
    members = set(targets)
    for kind, entries in pieces.items():
        wanted = sum(counted[kind] for counted in most.values())
        in_turn = sorted(entries.values(), key=lambda entry: (entry.subject in targets, entry.rank))
        members |= {entry.subject for entry in in_turn[:wanted]}
    return members


def kind_of_piece(entry: Entry) -> Hashable:
    """Pieces of one side, amount and instalment are interchangeable."""
    return (type(entry), entry.amount, entry.instalment_no)


def allocate(
    component: list[Entry],
    combos: list[tuple[Entry, tuple[Entry, ...]]],
) -> list[Group] | None:
    """One group per target when only one reading of the component exists, else None.

    Targets that cannot all have their pieces must be the same thing over again.
    """
    targets = [e for e in component if any(e.subject == target.subject for target, _ in combos)]
    choices: list[list[tuple[Entry, ...]]] = []
    for target in targets:
        mine = [(target, *combo) for owner, combo in combos if owner.subject == target.subject]
        if len({kind_of_combination(entries[1:]) for entries in mine}) > 1:
            return None
        choices.append(sorted(mine, key=lambda entries: [entry.rank for entry in entries]))
    served = all_served(choices)
    if served is None:
        kinds = {(kind_of_piece(mine[0][0]), kind_of_combination(mine[0][1:])) for mine in choices}
        if len(kinds) > 1:
            return None
        served = first_come_first_served(choices)
    return [
        Group(
            "by_split_debits",
            tuple(entry for entry in entries if isinstance(entry, Debit)),
            tuple(entry for entry in entries if isinstance(entry, Booking)),
        )
        for entries in served
    ]


def all_served(choices: list[list[tuple[Entry, ...]]]) -> list[tuple[Entry, ...]] | None:
    """One choice for each target, no entry twice, earliest first; None when there is none."""

    def serve(number: int, used: frozenset[str]) -> list[tuple[Entry, ...]] | None:
        if number == len(choices):
            return []
        for entries in choices[number]:
            subjects = {entry.subject for entry in entries}
            if not used & subjects:
                rest = serve(number + 1, used | subjects)
                if rest is not None:
                    return [entries, *rest]
        return None

    return serve(0, frozenset())


def first_come_first_served(choices: list[list[tuple[Entry, ...]]]) -> list[tuple[Entry, ...]]:
    """Each target in time order takes the earliest pieces that are left, if they suffice."""
    used: set[str] = set()
    served = []
    for mine in choices:
        free = [entries for entries in mine if not used & {entry.subject for entry in entries}]
        if free:
            served.append(free[0])
            used |= {entry.subject for entry in free[0]}
    return served


def by_amount_across_loans(known: Known, matching: Matching) -> None:
    """Pass 4."""
    debits = matching.open_debits()
    pair_only_candidates(
        matching,
        "by_amount_across_loans",
        [
            (debit, posting)
            for posting in matching.open_postings()
            if not posting.is_usable
            for debit in debits
            if debit.order is not None
            and debit.lender == posting.lender
            and debit.order.loan_id != posting.row.loan_id
            and may_meet(debit, posting)
            and debit.net == posting.amount
            and is_within_window(known, debit, posting)
            and shares_borrower_or_card(known, debit, posting)
        ],
    )


def shares_borrower_or_card(known: Known, debit: Debit, posting: Booking) -> bool:
    """The borrower_ref of both loans, or the line's or order's card and the posting's loan's."""
    assert debit.order is not None
    posted = known.loans.get((posting.lender, posting.row.loan_id))
    debited = known.loans.get((posting.lender, debit.order.loan_id))
    if posted is None:
        return False
    if debited is not None and debited.borrower_ref == posted.borrower_ref:
        return True
    return posted.card_no is not None and posted.card_no in (
        debit.line.card_no,
        debit.order.card_no,
    )


def by_loan_and_amount_late(known: Known, matching: Matching, late: timedelta) -> None:
    """Pass 5."""
    postings = [posting for posting in matching.open_postings() if not posting.is_usable]
    same_loan = SameLoan(matching.open_debits(), postings)
    pair_only_candidates(
        matching,
        "by_loan_and_amount_late",
        [
            (debit, posting)
            for posting in postings
            for debit in same_loan.debits(posting)
            if may_meet(debit, posting)
            and debit.net == posting.amount
            and timedelta() < known.elapsed(debit.at, posting.at) <= late
        ],
    )


def pair_only_candidates(matching: Matching, rule: str, edges: list[tuple[Debit, Booking]]) -> None:
    """Match the pairs that are each other's only candidate."""
    times = Counter(entry.subject for edge in edges for entry in edge)
    for debit, posting in edges:
        if times[debit.subject] == times[posting.subject] == 1:
            matching.groups.append(Group(rule, (debit,), (posting,)))
