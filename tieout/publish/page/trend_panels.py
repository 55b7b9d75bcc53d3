"""The trend as small panels of columns: geometry in whole units, one column a stored run.

A panel is a box PANEL_WIDTH wide and PANEL_ROOM high; runs stand at its right end.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tieout.publish.figures import Row

PANEL_WIDTH = 600
PANEL_ROOM = 100
_WIDEST_PITCH = 60
_ALL_OF_IT = 10_000


@dataclass(frozen=True)
class Column:
    """One run in a panel of the trend: where its column begins, how high it and its part are."""

    place: int
    height: int
    part: int
    said: str


@dataclass(frozen=True)
class Panel:
    """One measure over the stored runs, each `pitch` wide; `name` is the figure's."""

    name: str
    last: str
    pitch: int
    columns: list[Column]


def panels(points: Sequence[Row]) -> list[Panel]:
    """One panel a measure; the new breaks are part of the column of all."""
    return [
        _panel("breaks", points, part="new"),
        _panel("amount", points),
        _panel("refund", points),
        _panel("matched", points, whole=_ALL_OF_IT),
    ]


def _panel(
    name: str, points: Sequence[Row], part: str | None = None, whole: int | None = None
) -> Panel:
    sizes = [_size(point[name]) for point in points]
    largest = whole or max(sizes)
    pitch = min(_WIDEST_PITCH, PANEL_WIDTH // len(points))
    first = PANEL_WIDTH - pitch * len(points)
    columns = [
        Column(
            first + pitch * place,
            _height(size, largest),
            _height(_size(point[part]), largest) if part else 0,
            f"{point['business_date']}: {grouped(point[name])}",
        )
        for place, (point, size) in enumerate(zip(points, sizes, strict=True))
    ]
    return Panel(name, grouped(points[-1][name]), pitch, columns)


def grouped(figure: int | str | None) -> str:
    """A figure of summary.json as people read it."""
    if figure is None:
        return "—"
    whole, point, rest = str(figure).partition(".")
    return f"{int(whole):,}{point}{rest}"


def _size(figure: int | str | None) -> int:
    """Figures of one kind in a common whole unit: their digits."""
    return 0 if figure is None else int(str(figure).replace(".", ""))


def _height(size: int, largest: int) -> int:
    return max(1, size * PANEL_ROOM // largest) if size and largest else 0
