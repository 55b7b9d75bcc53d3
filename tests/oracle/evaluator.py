"""The oracle: what the reports of one business date must say, worked out the slow way.

`open_since` is found by asking the same question of every earlier day, with the row versions
known today, back to the first day of an unbroken run of days on which the break was true.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from tests.oracle.asof import known_at
from tests.oracle.business_days import BusinessDays
from tests.oracle.judgement import Break, Judgement, judge
from tests.oracle.matching import Group, Matching, match
from tests.oracle.rows import File, References, Settings


@dataclass(frozen=True)
class Verdict:
    """Everything that the reports of a day should say.

    `rejudged`: the entries whose history is that of passes 3 and 4, or of a doubt, which nobody
    asks again; `paired_otherwise`: those of passes 2 and 5, of which only some categories are.
    """

    day: date
    breaks: dict[tuple[str, str], Break]
    open_since: dict[tuple[str, str], date]
    rejudged: frozenset[str]
    paired_otherwise: frozenset[str]
    in_transit: frozenset[str]
    excluded: dict[str, str]
    groups: tuple[Group, ...]
    groups_of_the_day: tuple[Group, ...]


def evaluate(
    files: Sequence[File], references: References, settings: Settings, day: date
) -> Verdict:
    """Judge one business date. Raises `TooMany` when a world is too tangled to search."""
    business_days = BusinessDays(references.calendar)
    known = known_at(files, references, day, ZoneInfo(settings.time_zone))
    judgement = judge(known, settings, business_days)
    listed = {key: item for key, item in judgement.breaks.items() if is_listed(item, day, settings)}
    groups = tuple(group for group in judgement.matching.groups if not group.is_waiting)
    day_before = known_at(files, references, day - timedelta(days=1), known.zone, seen_from=day)
    matched_before = match(day_before, settings.late_match_days)
    waited = frozenset(
        subject for group in matched_before.groups if group.is_waiting for subject in group.subjects
    )
    left = {debit.subject: debit.net for debit in matched_before.debits}
    earlier = list(days_before(files, references, settings, day, judgement))
    return Verdict(
        day,
        listed,
        first_days(day, earlier, set(listed)),
        frozenset().union(*(rejudged(then.matching, judgement.matching) for then in earlier)),
        frozenset().union(
            *(regrouped(then.matching, judgement.matching, PAIRS) for then in earlier)
        ),
        frozenset(judgement.in_transit),
        judgement.excluded,
        groups,
        tuple(group for group in groups if belongs_to(day, group, waited, left)),
    )


def is_listed(item: Break, day: date, settings: Settings) -> bool:
    """Events are listed for some days; everything else while it is true."""
    return item.event_date is None or (day - item.event_date).days <= settings.event_days


def belongs_to(day: date, group: Group, waited: frozenset[str], left: dict[str, int]) -> bool:
    """Whether a group's day is this one: its last entry is of this day, or it came to be later.

    It stopped waiting, or a refund made its amounts equal. `waited`: the members of groups that
    waited at the end of the day before; `left`: what was left of each debit then.
    """
    latest = max(
        *(max(debit.line.settle_date, debit.at.date()) for debit in group.debits),
        *(posting.at.date() for posting in group.postings),
    )
    if latest >= day:
        return latest == day
    if group.rule == "by_order_no":
        return not waited.isdisjoint(group.subjects)
    return any(left[debit.subject] != debit.net for debit in group.debits)


def days_before(
    files: Sequence[File], references: References, settings: Settings, day: date, today: Judgement
) -> Iterator[Judgement]:
    """The days before, the latest first, back to the first fact of any break."""
    business_days = BusinessDays(references.calendar)
    then = day - timedelta(days=1)
    while then >= first_fact(today):
        known = known_at(files, references, then, today.known.zone, seen_from=day)
        yield judge(known, settings, business_days)
        then -= timedelta(days=1)


def first_days(
    day: date, earlier: Sequence[Judgement], keys: set[tuple[str, str]]
) -> dict[tuple[str, str], date]:
    """For each break, the first day of the unbroken run of days on which it was true."""
    found = dict.fromkeys(keys, day)
    pending = set(keys)
    for then in earlier:
        pending = {key for key in pending if key in then.breaks}
        found.update(dict.fromkeys(pending, then.known.day))
    return found


SUMS_AND_STRANGERS = frozenset({"by_split_debits", "by_amount_across_loans"})
PAIRS = frozenset({"by_loan_and_amount", "by_loan_and_amount_late"})


def rejudged(then: Matching, now: Matching) -> frozenset[str]:
    """The entries of which passes 3 and 4 said otherwise then, or that one day was in doubt."""
    known = {entry.subject for entry in (*then.debits, *then.postings)}
    in_doubt = (then.ambiguous.keys() ^ now.ambiguous.keys()) & known
    return regrouped(then, now, SUMS_AND_STRANGERS, in_doubt)


def regrouped(
    then: Matching, now: Matching, rules: frozenset[str], others: Set[str] = frozenset()
) -> frozenset[str]:
    """The members of what these passes made then and is no group any more, though its members
    are what they were; these and the others with all those that they are with now.
    """
    amounts = {entry.subject: entry.amount for entry in (*now.debits, *now.postings)}
    groups = {group.subjects for group in now.groups}
    found = set(others)
    for group in then.groups:
        stands = all(
            amounts.get(entry.subject) == entry.amount for entry in (*group.debits, *group.postings)
        )
        if group.rule in rules and group.subjects not in groups and stands:
            found |= group.subjects
    found.update(*(group for group in groups if found & group))
    return frozenset(found)


def first_fact(judgement: Judgement) -> date:
    """The day of the earliest fact of any break."""
    return min(
        (item.fact_at.date() for item in judgement.breaks.values()), default=judgement.known.day
    )
