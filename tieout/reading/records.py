"""Where the records of a block of delimited text begin and end, quotes and all (RFC 4180).

A quote that breaks the rules spoils the line it opens on, not the rest of the file.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

LONGEST_CELL_BYTES = 64 * 1024

_NEWLINE, _RETURN, _QUOTE = b'\n\r"'

Positions = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Spoilt:
    """A line that is no record: `line` counts from 0 at the start of the block."""

    line: int
    raw: bytes
    reason: str


@dataclass(frozen=True)
class Records:
    """The sound records of a block: their bytes, the line each begins on, and what was left out.

    `used`: how many bytes of the block are accounted for; the rest begins a record that the
    next block ends. Blank lines are no records and are not mentioned.
    """

    data: bytes
    lines: Positions
    spoilt: list[Spoilt]
    used: int


def records(
    data: bytes,
    separator: bytes,
    cells: int,
    *,
    may_be_more: bool,
    is_quoted: bool,
    is_final: bool,
) -> Records:
    """The records of `data` that have exactly `cells` cells, or at least so many."""
    content = np.frombuffer(data, np.uint8)
    quotes, ranges, used = (
        _sound_quotes(content, separator[0], is_final) if is_quoted else (_NONE, [], len(data))
    )
    if used == 0:
        return Records(b"", _NONE, [], 0)
    content = content[:used]
    newlines = np.flatnonzero(content == _NEWLINE)
    ends = newlines if data[:used].endswith(b"\n") else np.append(newlines, used)
    ends = ends[_is_outside(ends, quotes)]
    starts = np.concatenate(([0], ends[:-1] + 1))
    separators = np.flatnonzero(content == separator[0])
    separators = separators[_is_outside(separators, quotes)]
    found = np.searchsorted(separators, ends) - np.searchsorted(separators, starts) + 1
    last = content[np.maximum(ends - 1, 0)]
    sizes = ends - starts - ((last == _RETURN) & (ends > starts))
    is_misquoted = np.zeros(starts.size, dtype=bool)
    for begin, end in ranges:
        is_misquoted[slice(*np.searchsorted(starts, (begin, end)))] = True
    is_blank = sizes <= 0
    is_misfit = (found < cells if may_be_more else found != cells) & ~is_blank & ~is_misquoted
    is_kept = ~(is_blank | is_misfit | is_misquoted)
    lines = np.searchsorted(newlines, starts)
    spoilt = [
        Spoilt(
            int(lines[index]),
            data[starts[index] : starts[index] + sizes[index]],
            "a quote out of place"
            if is_misquoted[index]
            else f"found {found[index]} cells, expected {cells}",
        )
        for index in np.flatnonzero(is_misfit | is_misquoted)
    ]
    widths = np.minimum(ends + 1, used) - starts
    kept = content[np.repeat(is_kept, widths)].tobytes() if not is_kept.all() else data[:used]
    return Records(kept, lines[is_kept], spoilt, used)


_NONE: Positions = np.empty(0, np.int64)


def _is_outside(positions: Positions, quotes: Positions) -> npt.NDArray[np.bool_]:
    outside: npt.NDArray[np.bool_] = np.searchsorted(quotes, positions) % 2 == 0
    return outside


def _sound_quotes(
    content: npt.NDArray[np.uint8], separator: int, is_final: bool
) -> tuple[Positions, list[tuple[int, int]], int]:
    """The quotes that pair up by the rules, the byte ranges of lines that break them, bytes used.

    Quotes alternate opening and closing. Opening ones follow a separator or a line end, closing
    ones precede one; two in a row inside a cell are one escaped quote. Which quotes would break
    the rules is worked out for both alternations at once, so that going on after a spoilt line
    costs a search, not a scan.
    """
    quotes = np.flatnonzero(content == _QUOTE)
    before = np.where(quotes > 0, content[quotes - 1], _NEWLINE)
    after = np.where(
        quotes + 1 < content.size, content[np.minimum(quotes + 1, content.size - 1)], _NEWLINE
    )
    gap = np.diff(quotes, prepend=-LONGEST_CELL_BYTES)
    doubled_before = gap == 1
    doubled_after = np.append(doubled_before[1:], False)
    may_open = np.isin(before, (separator, _NEWLINE)) | doubled_before
    may_close = np.isin(after, (separator, _NEWLINE, _RETURN)) | doubled_after
    may_close &= gap <= LONGEST_CELL_BYTES
    is_even = np.arange(quotes.size) % 2 == 0
    offences = (
        np.flatnonzero(np.where(is_even, ~may_open, ~may_close)),
        np.flatnonzero(np.where(is_even, ~may_close, ~may_open)),
    )
    newlines = np.flatnonzero(content == _NEWLINE)
    is_sound = np.ones(quotes.size, dtype=bool)
    ranges: list[tuple[int, int]] = []
    first = 0
    while first < quotes.size:
        offence = _next(offences[first % 2], first)
        if offence is None and (quotes.size - first) % 2 == 0:
            break
        opening = quotes.size - 1
        if offence is not None:
            opening = offence - (offence - first) % 2
        begin = _record_start(content, newlines, quotes, first, opening)
        if offence is None and not is_final and content.size - begin <= LONGEST_CELL_BYTES:
            is_sound[np.searchsorted(quotes, begin) :] = False
            return quotes[is_sound], ranges, begin
        following = np.searchsorted(newlines, quotes[opening])
        end = int(newlines[following]) + 1 if following < newlines.size else content.size
        ranges.append((begin, end))
        spoilt, first = np.searchsorted(quotes, (begin, end)).tolist()
        is_sound[spoilt:first] = False
    return quotes[is_sound], ranges, content.size


def _next(positions: npt.NDArray[Any], first: int) -> int | None:
    index = int(np.searchsorted(positions, first))
    return int(positions[index]) if index < positions.size else None


def _record_start(
    content: npt.NDArray[np.uint8],
    newlines: Positions,
    quotes: Positions,
    first: int,
    opening: int,
) -> int:
    """The start of the first line of the record in which quote number `opening` opens a cell."""
    while True:
        index = int(np.searchsorted(newlines, quotes[opening]))
        begin = int(newlines[index - 1]) + 1 if index else 0
        earlier = int(np.searchsorted(quotes, begin))
        if (max(earlier, first) - first) % 2 == 0:
            return begin
        opening = earlier - 1
