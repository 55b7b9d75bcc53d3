"""Where the rows of delimited text begin, and what their cells are called."""

import csv
from collections.abc import Collection
from dataclasses import dataclass

from tieout.faults import ExitCode, Fault
from tieout.feeds import NEVER_DELIVERED
from tieout.reading.masking import masked_digits, masked_line
from tieout.reading.part import PartDefinition

LEAD_LINES = 64
"""A header line is looked for among so many lines."""

_NAMES_SHOWN = 40
_LONGEST_NAME = 40


@dataclass(frozen=True)
class Heading:
    """`names`: one for each cell of a row; `rows_at`: the byte at which the rows begin.

    `lead`: the text before the header, or before the rows when there is no header.
    """

    names: list[str]
    rows_at: int
    lead: str


def heading(data: bytes, part: PartDefinition, shown_as: str) -> Heading:
    """The heading of a file whose first bytes are `data`.

    Raises Fault: 11 when the header is not there or lacks a column, 12 when the file ends before
    its rows could begin.
    """
    if part.columns:
        rows_at = _after_lines(data, 0, part.lead_lines, shown_as)
        return Heading(list(part.columns), rows_at, data[:rows_at].decode())
    begin = 0
    for _ in range(1 if part.layout == "canonical" else LEAD_LINES):
        end = data.find(b"\n", begin)
        line = data[begin : end if end >= 0 else len(data)].decode()
        names = [part.aliases.get(name, name) for name in _cells(line, part)]
        following = end + 1 if end >= 0 else len(data)
        if part.layout == "canonical" or is_header(names, part.header):
            _check(names, part, shown_as)
            rows_at = _after_lines(data, following, part.lines_below_header, shown_as)
            return Heading(names, rows_at, data[:begin].decode())
        begin = following
        if begin == len(data):
            break
    raise header_not_found(part, shown_as)


def header_not_found(part: PartDefinition, shown_as: str) -> Fault:
    """The Fault (exit 11) of a file without its header line."""
    first, *others = part.header
    beside = f" and which has {', '.join(others)}" if others else ""
    return Fault(
        "header-not-found",
        ExitCode.UNREADABLE,
        where=shown_as,
        found=f"no header line among the first {LEAD_LINES} lines",
        expected=f"a line whose first cell is {first}{beside}",
        action="Check that the source's format is the right one.",
    )


def refuse_missing_columns(names: list[str], needed: Collection[str], shown_as: str) -> None:
    """Raises Fault (exit 11) unless a header has each of the needed columns once."""
    wrong = [name for name in sorted(needed) if names.count(name) != 1]
    if wrong:
        raise Fault(
            "columns-missing",
            ExitCode.UNREADABLE,
            where=shown_as,
            found="the columns " + _listed(names),
            expected="each of these once: " + ", ".join(wrong),
            action="Check that the source's format is the right one.",
        )


def check_columns(names: list[str], part: PartDefinition, shown_as: str) -> None:
    """Raises Fault (exit 11) unless a canonical file has exactly its feed's columns, each once."""
    known = [c.name for c in part.relation.columns if c.name not in NEVER_DELIVERED]
    # in the place of a header without one known name stands a row
    is_row = not {name.strip().lower() for name in names} & set(known)
    shown = masked_line if is_row else masked_digits
    unknown = [shown(name) for name in names if name not in known]
    problems = [f"{name!r} unknown" for name in _in_short(unknown)]
    problems += [f"{name!r} missing" for name in known if name not in names]
    problems += [f"{name!r} twice" for name in known if names.count(name) > 1]
    if problems:
        raise Fault(
            "columns-differ",
            ExitCode.UNREADABLE,
            where=shown_as,
            found=f"{', '.join(problems)}, in the columns {_listed([*map(shown, names)])}",
            expected="the columns " + ", ".join(known),
            action="Correct the export, or name the format that the file is in.",
        )


def _listed(names: list[str]) -> str:
    shown = _in_short(names)
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _in_short(names: list[str]) -> list[str]:
    """As many names, and as much of each, as somebody would read."""
    return [name[:_LONGEST_NAME] for name in names[:_NAMES_SHOWN]]


def is_header(names: list[str], header: tuple[str, ...]) -> bool:
    """Whether these cells are a header: its first name first, the others anywhere."""
    return names[:1] == [header[0]] and all(name in names for name in header)


def _check(names: list[str], part: PartDefinition, shown_as: str) -> None:
    if part.layout == "canonical":
        check_columns(names, part, shown_as)
        return
    absent = set(part.may_lack) - set(names)
    refuse_missing_columns(names, part.fields_read - absent, shown_as)


def _cells(line: str, part: PartDefinition) -> list[str]:
    try:
        cells = next(csv.reader([line.rstrip("\r")], delimiter=part.separator), [])
    except csv.Error:
        return []
    if part.layout == "canonical":
        return cells
    strip = part.strip or None
    return [cell.strip(strip).removeprefix(part.cell_prefix) for cell in cells]


def _after_lines(data: bytes, begin: int, lines: int, shown_as: str) -> int:
    """The byte after so many lines."""
    for _ in range(lines):
        end = data.find(b"\n", begin)
        if end < 0:
            raise Fault(
                "file-cut-short",
                ExitCode.TRUNCATED,
                where=shown_as,
                found="a file that ends before its rows begin",
                expected="the whole file",
                action="Have the file delivered again.",
            )
        begin = end + 1
    return begin
