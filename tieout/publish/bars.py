"""Bar charts as geometry: the page draws them as inline SVG, so no library and no script.

Lengths are whole SVG units of a drawing WIDTH wide; the page scales it to its column.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 640
ROW = 26
BAR = 14
_LABEL_END = 252
_BAR_START = 262
_BAR_ROOM = 220


@dataclass(frozen=True)
class Bar:
    """One line of a chart: its words, its length and the place of its middle line."""

    label: str
    note: str
    value: str
    tone: str
    length: int
    middle: int


@dataclass(frozen=True)
class Chart:
    """A horizontal bar chart. `tone` of a bar is a severity, or empty for the plain colour."""

    zh: str
    en: str
    caption: str
    bars: tuple[Bar, ...]

    width = WIDTH
    bar_height = BAR
    label_end = _LABEL_END
    bar_start = _BAR_START

    @property
    def height(self) -> int:
        """Height of the drawing in SVG units."""
        return ROW * len(self.bars)

    @property
    def spoken(self) -> str:
        """The whole chart in words, for readers who do not see it."""
        said = "; ".join(f"{bar.label} {bar.note}: {bar.value}" for bar in self.bars)
        return f"{self.en}. {said}"


@dataclass(frozen=True)
class Measured:
    """A bar before it has a length: `size` is what its length stands for, never negative."""

    label: str
    note: str
    value: str
    size: int
    tone: str = ""


def chart(zh: str, en: str, caption: str, measured: Sequence[Measured]) -> Chart:
    """Lay out bars in the order given; the largest fills the room."""
    largest = max((bar.size for bar in measured), default=0)
    bars = tuple(
        Bar(
            bar.label,
            bar.note,
            bar.value,
            bar.tone,
            _length(bar.size, largest),
            ROW * place + ROW // 2,
        )
        for place, bar in enumerate(measured)
    )
    return Chart(zh, en, caption, bars)


def _length(size: int, largest: int) -> int:
    """Proportional; what is not zero stays visible."""
    return max(2, size * _BAR_ROOM // largest) if size else 0
