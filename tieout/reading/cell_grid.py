"""A small table as a grid of text cells: a workbook's first sheet, or delimited text.

What people export and hand in (a bank's statement as .xls, .xlsx or .csv) is read whole: its
rows differ in length, its frame is free text, and it is never large.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from numbers import Real
from typing import IO

from tieout.faults import ExitCode, Fault
from tieout.reading.blocks import Block, as_utf8

LARGEST_BYTES = 64 * 1024**2
LARGEST_UNPACKED_BYTES = 512 * 1024**2

_OLD_WORKBOOK = bytes.fromhex("d0cf11e0a1b11ae1")
_NEW_WORKBOOK = b"PK\x03\x04"
_GB18030 = "gb18030"


@dataclass(frozen=True)
class GridRow:
    """One row: the number of its first line in the file, 1-based (a sheet: of its row)."""

    line: int
    cells: list[str]

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
        raise _too_large(shown_as, f"more than {LARGEST_BYTES} bytes")
    if data.startswith(_NEW_WORKBOOK):
        _refuse_unsafe(data, shown_as)
    if data.startswith((_NEW_WORKBOOK, _OLD_WORKBOOK)):
        return list(_sheet_rows(data, shown_as))
    return list(_text_rows(_decoded(data, encodings, shown_as), separator, shown_as))


def _sheet_rows(data: bytes, shown_as: str) -> Iterator[GridRow]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise Fault(
            "workbook-unreadable",
            ExitCode.UNREADABLE,
            where=shown_as,
            found=str(error),
            expected="a whole workbook that opens without a password",
            action="Ask for the file again, as the bank exports it.",
        ) from error
    for number, cells in enumerate(rows, start=1):
        yield GridRow(number, [_cell_text(cell) for cell in cells])


def _cell_text(cell: object) -> str:
    """A cell as its text would be: a workbook's numbers are binary and carry 15 digits."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case Real():
            return f"{Decimal(f'{cell:.15g}'):f}"
        case datetime() | date():
            return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
        case time():
            return cell.isoformat("seconds")
        case timedelta():
            return str(timedelta(seconds=cell.seconds)).rjust(8, "0")
        case _:
            return str(cell)


def _text_rows(text: str, separator: str, shown_as: str) -> Iterator[GridRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    try:
        for cells in reader:
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


def _decoded(data: bytes, encodings: tuple[str, ...], shown_as: str) -> str:
    block = Block(data, 1, 0)
    for encoding in encodings[:-1]:
        try:
            return as_utf8(block, encoding, shown_as).decode()
        except Fault:
            continue
    return as_utf8(block, encodings[-1], shown_as).decode()


def _refuse_unsafe(data: bytes, shown_as: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise Fault(
            "file-cut-short",
            ExitCode.TRUNCATED,
            where=shown_as,
            found="a workbook without its end record",
            expected="the whole file",
            action="Ask for the file again.",
        ) from error
    if unpacked > LARGEST_UNPACKED_BYTES:
        raise _too_large(shown_as, f"a workbook that unpacks to {unpacked} bytes")


def _too_large(shown_as: str, found: str) -> Fault:
    return Fault(
        "sheet-too-large",
        ExitCode.UNREADABLE,
        where=shown_as,
        found=found,
        expected=f"at most {LARGEST_BYTES} bytes, {LARGEST_UNPACKED_BYTES} unpacked",
        action="Deliver it in parts, or in a canonical feed.",
    )
