"""A small table as a grid of text cells: a workbook's first sheet, or delimited text.

What people export and hand in (a bank's statement as .xls, .xlsx or .csv) is read whole: its
rows differ in length, its frame is free text, and it is never large.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO

from tieout.faults import ExitCode, Fault
from tieout.reading.blocks import BYTE_ORDER_MARK, Block, as_utf8
from tieout.reading.workbook import is_workbook, sheet_rows

LARGEST_BYTES = 64 * 1024**2


@dataclass(frozen=True)
class GridRow:
    """One row: the number of its first line in the file, 1-based (a sheet: of its row).

    `is_open`: the file ends in this row, without a line end.
    """

    line: int
    cells: list[str]
    is_open: bool = False

    @property
    def filled(self) -> int:
        """How many cells hold more than blanks."""
        return sum(1 for cell in self.cells if cell.strip())


def grid(
    stream: IO[bytes], encodings: tuple[str, ...], separator: str, shown_as: str
) -> list[GridRow]:
    """Every row, blank ones too. Which of the two it is, the first bytes tell, not the name.

    `encodings`: of delimited text, in the order they are tried. Raises Fault: 11 for what
    cannot be opened, is too large or is not text, 12 for what is cut short.
    """
    data = stream.read(LARGEST_BYTES + 1)
    if len(data) > LARGEST_BYTES:
        raise Fault(
            "sheet-too-large",
            ExitCode.UNREADABLE,
            where=shown_as,
            found=f"more than {LARGEST_BYTES} bytes",
            expected="a file that a person would hand in",
            action="Deliver it in parts, or in a canonical feed.",
        )
    if is_workbook(data):
        rows = enumerate(sheet_rows(data, shown_as), start=1)
        return [GridRow(number, cells) for number, cells in rows]
    text = _decoded(data, encodings, shown_as)
    read = list(_text_rows(text, separator, shown_as))
    if read and not text.endswith(("\n", "\r")):
        read[-1] = replace(read[-1], is_open=True)
    return read


class _Lines:
    """The lines of a text, and whether somebody asked for one more than there are."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.is_over = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._lines.readline()
        if not line:
            self.is_over = True
            raise StopIteration
        return line


def _text_rows(text: str, separator: str, shown_as: str) -> Iterator[GridRow]:
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=separator)
    line = 1
    try:
        for cells in reader:
            if lines.is_over:
                raise _cut_short(f"{shown_as}:{line}")
            yield GridRow(line, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise Fault(
            "lines-unreadable",
            ExitCode.UNREADABLE,
            where=f"{shown_as}:{line}",
            found=str(error),
            expected="delimited text (RFC 4180)",
            action="Ask for the file again.",
        ) from error


def _cut_short(where: str) -> Fault:
    return Fault(
        "file-cut-short",
        ExitCode.TRUNCATED,
        where=where,
        found="a file that ends inside a quoted cell",
        expected="the whole file",
        action="Ask for the file again.",
    )


def _decoded(data: bytes, encodings: tuple[str, ...], shown_as: str) -> str:
    block = Block(data, 1, 0, data.startswith(BYTE_ORDER_MARK))
    for encoding in encodings[:-1]:
        try:
            return as_utf8(block, encoding, shown_as).decode()
        except Fault:
            continue
    return as_utf8(block, encodings[-1], shown_as).decode()
