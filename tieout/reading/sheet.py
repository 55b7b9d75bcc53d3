"""A statement as people export it: a frame of free text around a table found by its header."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import IO

import polars as pl

from tieout.faults import ExitCode, Fault
from tieout.reading.cell_grid import GridRow, grid
from tieout.reading.chunk import LINE, Chunk, Reject
from tieout.reading.heading import LEAD_LINES, header_not_found, is_header, refuse_missing_columns
from tieout.reading.masking import masked_digits, masked_line
from tieout.reading.part import EITHER_ENCODING, PartDefinition
from tieout.reading.totals import refuse_fewer_lines


@dataclass(frozen=True)
class _Table:
    """The table in its frame: the text before it, its columns, its rows, its last line.

    `width`: the most cells a row may have. A row may end in one separator more than the header,
    as ICBC's do; one more cell than that, and a bare comma has moved the others.
    """

    lead: str
    names: list[str]
    width: int
    rows: list[GridRow]
    trailer: GridRow | None


def sheet_chunk(part: PartDefinition, stream: IO[bytes], shown_as: str) -> Chunk:
    """The rows of the table; short ones are filled up, blank lines and notes are no rows.

    A trailer whose totals are not those of the lines is a bad line. Raises Fault: 11 when the
    table is not there or lacks a column, or rows follow the trailer; 12 when the trailer is
    missing, the file ends in a quoted cell, or there are fewer rows than the lead declares.
    """
    is_either = part.encoding == EITHER_ENCODING
    encodings = tuple(EITHER_ENCODING.split(" or ")) if is_either else (part.encoding,)
    table = _table(part, grid(stream, encodings, part.separator, shown_as), shown_as)
    declared = part.declared_lines and _found(part.declared_lines, table.lead)
    if declared:
        refuse_fewer_lines(len(table.rows), int(declared), shown_as)

    def is_misfit(row: GridRow) -> bool:
        return _is_overlong(row, table) or _is_begun(row, table)

    kept = [row for row in table.rows if not is_misfit(row)]
    columns = {
        name: [_cell(part, row, at) for row in kept]
        for at, name in enumerate(table.names)
        if name in part.fields_read
    }
    frame = pl.DataFrame(
        {LINE: [row.line for row in kept], **columns},
        schema={LINE: pl.Int64, **dict.fromkeys(columns, pl.String)},
    )
    beside = dict.fromkeys(set(part.may_lack) - columns.keys())
    beside |= {name: _found(match, table.lead) for name, match in part.lead.items()}
    constants = [pl.lit(text, pl.String).alias(name) for name, text in sorted(beside.items())]
    rejects = [
        Reject(row.line, _shown(row), f"found {len(row.cells)} cells, expected {len(table.names)}")
        for row in table.rows
        if is_misfit(row)
    ]
    return Chunk(frame.with_columns(constants), rejects + _untied(part, table))


def _table(part: PartDefinition, rows: Sequence[GridRow], shown_as: str) -> _Table:
    at, names = _header(part, rows, shown_as)
    width = max(len(rows[at].cells), len(names) + 1)
    lead = "\n".join(" ".join(row.cells) for row in rows[:at])
    data = [
        row for row in rows[at + 1 :] if row.filled and (_is_end(row, part) or not _is_note(row))
    ]
    if not part.trailer:
        return _Table(lead, names, width, data, None)
    ends = [number for number, row in enumerate(data) if _is_end(row, part)]
    if not ends:
        raise Fault(
            "trailer-missing",
            ExitCode.TRUNCATED,
            where=shown_as,
            found=f"{len(data)} lines",
            expected=f"a last line that begins with {part.trailer}",
            action="Ask for the whole file.",
        )
    if len(data) > ends[-1] + 1:
        raise Fault(
            "data-after-trailer",
            ExitCode.UNREADABLE,
            where=f"{shown_as}:{data[ends[-1] + 1].line}",
            found="a row after the trailer",
            expected="nothing after the trailer",
            action="Ask for the file again, one statement a file.",
        )
    return _Table(lead, names, width, data[: ends[0]], data[ends[0]])


def _header(part: PartDefinition, rows: Sequence[GridRow], shown_as: str) -> tuple[int, list[str]]:
    """Where the header is, and the names in it."""
    for at, row in enumerate(rows[:LEAD_LINES]):
        cells = [cell.strip(part.strip or None) for cell in row.cells]
        names = [part.aliases.get(name, name) for name in cells]
        if is_header(names, part.header):
            while not names[-1]:
                names.pop()
            absent = set(part.may_lack) - set(names)
            needed = part.fields_read - part.lead.keys() - absent | set(part.tied)
            refuse_missing_columns(names, needed, shown_as)
            return at, names
    raise header_not_found(part, shown_as)


def _untied(part: PartDefinition, table: _Table) -> list[Reject]:
    """The trailer as a bad line, when a total in it is not the sum of its column."""
    if table.trailer is None:
        return []
    wrong = []
    for name in part.tied:
        at = table.names.index(name)
        stated = _amount(_cell(part, table.trailer, at))
        added = sum((_amount(_cell(part, row, at)) for row in table.rows), Decimal())
        if stated != added:
            wrong.append(f"{name}: states {stated}, the lines add up to {added}")
    if not wrong:
        return []
    reason = masked_digits("; ".join(wrong))
    return [Reject(table.trailer.line, _shown(table.trailer), reason, is_total=True)]


def _cell(part: PartDefinition, row: GridRow, at: int) -> str | None:
    text = row.cells[at].strip(part.strip or None) if at < len(row.cells) else ""
    return text or None


def _is_overlong(row: GridRow, table: _Table) -> bool:
    has_more = any(cell.strip() for cell in row.cells[len(table.names) :])
    return has_more or len(row.cells) > table.width


def _is_begun(row: GridRow, table: _Table) -> bool:
    """Short rows are filled up; the last one may be the first half of a row that was cut."""
    return row.is_open and len(row.cells) < len(table.names)


def _is_end(row: GridRow, part: PartDefinition) -> bool:
    return bool(part.trailer) and row.cells[0].strip().startswith(part.trailer)


def _is_note(row: GridRow) -> bool:
    """One cell of text; a row begins with a number, be it cut off after it."""
    return row.filled == 1 and not row.cells[0].strip()[:1].isdigit()


def _found(match: re.Pattern[str], text: str) -> str | None:
    found = match.search(text)
    return found[1] if found else None


def _amount(text: str | None) -> Decimal:
    """The amount in a cell; nothing when it is no number, which the rules of the rows tell."""
    try:
        return Decimal((text or "0").replace(",", ""))
    except InvalidOperation:
        return Decimal()


def _shown(row: GridRow) -> str:
    return masked_line(",".join(cell.strip() for cell in row.cells))
