"""The breaks of the day as bars and as a table of shades.

Every bar and cell leads to the breaks it stands for; lengths are thousandths of their room.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from tieout.publish.figures import DayFigures
from tieout.publish.tally import AGES, Figures, Tally
from tieout.texts import Text, text, verbatim, word
from tieout.words import SEVERITIES

BARS_SHOWN = 12
SHADES = 4


@dataclass(frozen=True)
class Bar:
    """One line of a chart. `pointer`: where summary.json has its figures; empty: nowhere."""

    label: Text
    figures: Figures
    length: int
    tone: str = ""
    pointer: str = ""
    filters: str = ""


@dataclass(frozen=True)
class BarChart:
    """A titled list of bars; `key` is its name in words.toml."""

    key: str
    note: str
    bars: list[Bar]


@dataclass(frozen=True)
class Cell:
    """One field of a matrix, with a shade from 0 (nothing) to SHADES."""

    figures: Figures
    shade: int
    pointer: str
    filters: str


@dataclass(frozen=True)
class MatrixLine:
    """A category: its cells by liable party, and all of them together."""

    category: str
    label: Text
    severity: str
    cells: list[Cell]
    whole: Bar


def pointer(*keys: str) -> str:
    """A JSON pointer (RFC 6901) into summary.json."""
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)


def filters(**chosen: str) -> str:
    """A link to the list with these filters set; nothing can be filtered by what is not named."""
    if not all(chosen.values()):
        return ""
    return "#" + "&".join(f"{name}={quote(value, safe='')}" for name, value in chosen.items())


def ageing(day: DayFigures) -> BarChart:
    """Open breaks by days open, weighed by the amount in question."""
    by_age = day.breaks.by("age")
    figures = {age: by_age.get((age,), Figures()) for age in AGES}
    largest = max(each.amount for each in figures.values())
    bars = [
        Bar(
            word(age),
            each,
            _length(each.amount, largest),
            pointer=pointer("breaks", "by_age", age) if each.count else "",
            filters=filters(age=age),
        )
        for age, each in figures.items()
    ]
    return BarChart("ageing", "ageing_note", bars)


def by_severity(day: DayFigures) -> BarChart:
    """Open breaks by severity, the worst first."""
    cut = day.breaks.by("severity")
    known = [severity for severity in SEVERITIES if (severity,) in cut]
    largest = max((each.count for each in cut.values()), default=0)
    bars = [
        Bar(
            word(severity),
            cut[(severity,)],
            _length(cut[(severity,)].count, largest),
            severity,
            pointer("breaks", "by_severity", severity),
            filters(severity=severity),
        )
        for severity in known
    ]
    return BarChart("by_severity", "count_note", bars)


def by_name(day: DayFigures, column: str, key: str) -> BarChart:
    """Open breaks by channel, bank or lender: the most first, the rest together."""
    ordered = sorted(day.breaks.by(column).items(), key=_most_first)
    shown, rest = ordered[:BARS_SHOWN], ordered[BARS_SHOWN:]
    largest = shown[0][1].count if shown else 0
    bars = [
        Bar(
            verbatim(name) if name else word(""),
            figures,
            _length(figures.count, largest),
            pointer=pointer("breaks", f"by_{column}", name),
            filters=filters(**{column: name}),
        )
        for (name,), figures in shown
    ]
    if rest:
        others = Figures()
        for _, figures in rest:
            others.add(figures)
        zh, en = text("page", "overview", "others")
        label = Text(f"{zh} ({len(rest)})", f"{len(rest)} {en}")
        bars.append(Bar(label, others, _length(others.count, max(largest, others.count))))
    return BarChart(key, "count_note", bars)


def matrix(day: DayFigures, liables: Sequence[str]) -> list[MatrixLine]:
    """Categories, the most breaks first, against the parties liable for them."""
    cells = day.breaks.by("category", "liable")
    severities = _worst_severities(day.breaks)
    names = category_names(day)
    ordered = sorted(day.breaks.by("category").items(), key=_most_first)
    largest = max((figures.count for figures in cells.values()), default=0)
    most = ordered[0][1].count if ordered else 0
    return [
        MatrixLine(
            category,
            names[category],
            severities[category],
            [
                _cell(category, liable, cells.get((category, liable), Figures()), largest)
                for liable in liables
            ],
            Bar(
                names[category],
                whole,
                _length(whole.count, most),
                severities[category],
                pointer("breaks", "by_category", category),
                filters(category=category),
            ),
        )
        for (category,), whole in ordered
    ]


def liable_totals(day: DayFigures, liables: Sequence[str]) -> list[Bar]:
    """What each liable party has to put right, in the order given."""
    cut = day.breaks.by("liable")
    return [
        Bar(
            word(liable),
            cut.get((liable,), Figures()),
            0,
            pointer=pointer("breaks", "by_liable", liable),
        )
        for liable in liables
    ]


def category_names(day: DayFigures) -> Mapping[str, Text]:
    """What the categories of the day's catalogue and breaks are called."""
    names = {category: word(category) for (category,) in day.breaks.by("category")}
    for row in day.catalogue:
        english = row["category"].replace("_", " ")
        names[row["category"]] = Text(row["category_zh"] or english, english)
    return names


def _length(size: int, largest: int) -> int:
    """Proportional; what is not zero stays visible."""
    return max(6, size * 1000 // largest) if size and largest else 0


def _cell(category: str, liable: str, figures: Figures, largest: int) -> Cell:
    shade = -(-figures.count * SHADES // largest) if figures.count else 0
    return Cell(
        figures,
        shade,
        pointer("breaks", "by_category_and_liable", category, liable),
        filters(category=category, liable=liable),
    )


def _worst_severities(breaks: Tally) -> dict[str, str]:
    ranks = {severity: rank for rank, severity in enumerate(SEVERITIES)}
    worst: dict[str, str] = {}
    for category, severity in breaks.by("category", "severity"):
        before = worst.get(category, severity)
        worst[category] = min(before, severity, key=lambda each: ranks.get(each, len(ranks)))
    return worst


def _most_first(item: tuple[tuple[str, ...], Figures]) -> tuple[int, tuple[str, ...]]:
    key, figures = item
    return -figures.count, key
