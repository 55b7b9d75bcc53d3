"""Tables drawn as text: read into typed rows, and drawn back for comparison.

A table is a heading and rows, its cells parted by pipes. An empty cell or a dash is null.
Money is drawn in major units. A date is ISO, or `D`, `D-1`, `D+2`: days from the business
date. An instant is a date and a time (`D-1 23:59:59`), or a time alone, which is on D.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa

from tieout.words import Kind

MINOR_PER_MAJOR = 100

_RELATIVE = re.compile(r"D(?P<days>[+-]\d+)?")

Drawn = list[dict[str, str | None]]


def read_table(text: str) -> tuple[list[str], Drawn]:
    """The heading and the rows. Raises ValueError for a row longer or shorter than its heading."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    heading, rows = cells[0], cells[1:]
    if any(len(row) != len(heading) for row in rows):
        raise ValueError(f"a row does not fit its heading:\n{text}")
    return heading, [
        {name: None if cell in ("", "-") else cell for name, cell in zip(heading, row, strict=True)}
        for row in rows
    ]


def read_date(text: str, day: date) -> date:
    """A date as drawn; `day` is D."""
    if relative := _RELATIVE.fullmatch(text):
        return day + timedelta(days=int(relative["days"] or 0))
    return date.fromisoformat(text)


def read_instant(text: str, day: date) -> datetime:
    """An instant as drawn; `day` is D."""
    head, _, tail = text.rpartition(" ")
    if not head and ":" not in tail:
        head, tail = tail, "00:00"
    return datetime.combine(read_date(head or "D", day), time.fromisoformat(tail))


def read_money(text: str) -> int:
    """Minor units of an amount drawn in major units."""
    minor = Decimal(text) * MINOR_PER_MAJOR
    if minor != int(minor):
        raise ValueError(f"{text} has parts of a minor unit")
    return int(minor)


def read_cell(text: str | None, kind: Kind, day: date) -> Any:
    """The value of a feed's cell."""
    if text is None:
        return None
    match kind:
        case "money":
            return read_money(text)
        case "instant":
            return read_instant(text, day)
        case "date":
            return read_date(text, day)
        case "integer":
            return int(text)
        case "boolean":
            return text == "true"
        case "rate":
            return Decimal(text)
        case _:
            return text


def as_stated(text: str | None, column: str, kind: pa.DataType, day: date) -> str:
    """An expected cell, so written as `as_found` writes the value it stands for."""
    if text is None:
        return "-"
    if pa.types.is_timestamp(kind):
        return str(read_instant(text, day))
    if pa.types.is_date(kind):
        return str(read_date(text, day))
    if column.endswith("_minor"):
        return str(read_money(text))
    return text


def as_found(value: Any, names: Mapping[int, str]) -> str:
    """A found value as text; numbers of entries become the entries' names, below zero `-D1`."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"-{names[-value]}" if -value in names else names.get(value, str(value))
    return str(value)


def draw(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows as a table in text."""
    widths = [max(len(line[at]) for line in [heading, *rows]) for at in range(len(heading))]
    return "\n".join(
        " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in [heading, *rows]
    )
