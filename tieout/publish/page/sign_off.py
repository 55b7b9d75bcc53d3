"""What people signed, as the page tells it: what waits, and what stands under each break."""

from collections import Counter
from collections.abc import Mapping

from tieout.publish.figures import DayFigures, Row
from tieout.texts import Text, word

WAITING_SHOWN = 200
"""Signatures without a second name that the page lists; decisions.csv has all of them."""

SIGNED = ("state", "action", "by", "at", "reason")
"""What the page says of one signature, in this order."""


def states(day: DayFigures) -> dict[str, int]:
    """How many signatures are in each state."""
    return dict(sorted(Counter(row["state"] for row in day.decisions).items()))


def waiting(day: DayFigures, names: Mapping[str, Text]) -> list[Row]:
    """The first signatures that need a second name, with what their break is called."""
    return [
        {**row, "called": names.get(row["category"]) or word(row["category"] or "")}
        for row in day.waiting[:WAITING_SHOWN]
    ]


def signed(day: DayFigures) -> dict[str, list[Row]]:
    """The signatures under each break that is listed on the page, in the order signed."""
    if not day.decisions:
        return {}
    listed = set(day.worst_breaks["break_id"]) if day.worst_breaks.width else set()
    under: dict[str, list[Row]] = {}
    for row in day.decisions:
        if row["break_id"] in listed:
            under.setdefault(row["break_id"], []).append(row)
    return under
