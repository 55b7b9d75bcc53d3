"""The control sheet as the page lays it out: totals first, then channels, lenders, sources."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tieout.publish.figures import Row
from tieout.publish.match_rate import SIDE_SCOPES, match_rate

FIGURES = ("read", "matched", "in_transit", "open", "excluded", "rejected")
PLACED = FIGURES[1:]


@dataclass
class Line:
    """One line of the sheet. `places` are those of its rows in the control relation."""

    scope: str
    name: str
    side: str
    ties: bool = True
    rows: dict[str, int] = field(default_factory=dict)
    amount: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)

    def shares(self) -> list[tuple[str, int, int]]:
        """Of the money read: (where it is, start, length) in thousandths, what is 0 left out."""
        read = sum(self.amount.get(name, 0) for name in PLACED)
        shares = []
        passed = 0
        for name in PLACED:
            amount = self.amount.get(name, 0)
            if amount > 0:
                start = passed * 1000 // read
                passed += amount
                shares.append((name, start, max(1, passed * 1000 // read - start)))
        return shares


@dataclass(frozen=True)
class Total:
    """All debits or all postings, and how much of them is matched, in hundredths of a percent."""

    line: Line
    rate_rows: int | None
    rate_amount: int | None


def sheet(control: Sequence[Row]) -> list[Line]:
    """One line per scope, name and side: channels, then lenders, then sources."""
    lines: dict[tuple[str, str, str], Line] = {}
    for place, row in enumerate(control):
        key = (row["scope"], row["name"], row["side"])
        line = lines.setdefault(key, Line(*key))
        figures = {name: row[name] or 0 for name in FIGURES}
        if row["measure"] == "amount":
            line.amount = figures
        else:
            line.rows = figures
        line.places[row["measure"]] = place
        line.ties = line.ties and row["ties"]
    return list(lines.values())


def totals(control: Sequence[Row], lines: Sequence[Line]) -> list[Total]:
    """Both sides as a whole; a side of which nothing was read is left out."""
    found = []
    for side, scope in SIDE_SCOPES.items():
        parts = [line for line in lines if (line.scope, line.side) == (scope, side)]
        if parts:
            whole = Line(scope, "", side, all(line.ties for line in parts))
            whole.rows = _sum([line.rows for line in parts])
            whole.amount = _sum([line.amount for line in parts])
            rates = (match_rate(control, side, measure) for measure in ("rows", "amount"))
            found.append(Total(whole, *rates))
    return found


def _sum(parts: Sequence[dict[str, int]]) -> dict[str, int]:
    return {name: sum(part.get(name, 0) for part in parts) for name in FIGURES}
