"""A workbook's first sheet as rows of text, old (.xls) or new (.xlsx) by its first bytes."""

import io
import struct
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from numbers import Real

from tieout.faults import ExitCode, Fault

LARGEST_UNPACKED_BYTES = 512 * 1024**2

_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
_NEW = b"PK\x03\x04"
_OLD_HEADER_BYTES = 512
_SECTOR_SHIFTS = (9, 12)
_TABLES_IN_HEADER = 109
_FREE_SECTOR = 0xFFFFFFFF
_PANIC = "PanicException"


def is_workbook(data: bytes) -> bool:
    """Whether these are the first bytes of a workbook."""
    return data.startswith((_OLD, _NEW))


def sheet_rows(data: bytes, shown_as: str) -> Iterator[list[str]]:
    """The rows of the first sheet, each as wide as the sheet.

    Raises Fault: 12 when the workbook is cut short, 11 when it is damaged, locked by a password,
    or unpacks to too much.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    (_refuse_large if data.startswith(_NEW) else _refuse_cut_short)(data, shown_as)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise _unreadable(shown_as, str(error)) from error
    except BaseException as error:
        # what the library trips over while it counts is no Exception, and no class to import
        if type(error).__name__ != _PANIC:
            raise
        raise _unreadable(shown_as, "a workbook that is not put together as one") from error
    for cells in rows:
        yield [_cell_text(cell) for cell in cells]


def _cell_text(cell: object) -> str:
    """A cell as its text would be: a workbook's numbers are binary and carry 15 digits."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case Real():
            return f"{Decimal(f'{cell:.15g}'):f}"
        case datetime():
            return cell.isoformat(" ", "seconds")
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat("seconds")
        case timedelta():
            return str(timedelta(seconds=cell.seconds)).rjust(8, "0")
        case _:
            return str(cell)


def _refuse_cut_short(data: bytes, shown_as: str) -> None:
    """An old workbook names its sectors in use (MS-CFB): the last of them has to be there."""
    header = data[:_OLD_HEADER_BYTES].ljust(_OLD_HEADER_BYTES, b"\0")
    (shift,) = struct.unpack_from("<H", header, 30)
    (tables,) = struct.unpack_from("<I", header, 44)
    if shift not in _SECTOR_SHIFTS:
        raise _unreadable(shown_as, "a workbook whose first bytes are damaged")
    size = 1 << shift
    last_used = 0
    for number in range(min(tables, _TABLES_IN_HEADER)):
        (sector,) = struct.unpack_from("<I", header, 76 + 4 * number)
        table = data[(sector + 1) * size : (sector + 2) * size]
        if len(table) < size:
            raise _cut_short(shown_as, "a workbook without its table of sectors")
        for place, (follower,) in enumerate(struct.iter_unpack("<I", table)):
            if follower != _FREE_SECTOR:
                last_used = number * size // 4 + place
    if (last_used + 1) * size >= len(data):
        raise _cut_short(shown_as, "a workbook without its last sectors")


def _refuse_large(data: bytes, shown_as: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise _cut_short(shown_as, "a workbook without its end record") from error
    if unpacked > LARGEST_UNPACKED_BYTES:
        raise Fault(
            "sheet-too-large",
            ExitCode.UNREADABLE,
            where=shown_as,
            found=f"a workbook that unpacks to {unpacked} bytes",
            expected=f"at most {LARGEST_UNPACKED_BYTES} bytes",
            action="Deliver it in parts, or in a canonical feed.",
        )


def _cut_short(shown_as: str, found: str) -> Fault:
    return Fault(
        "file-cut-short",
        ExitCode.TRUNCATED,
        where=shown_as,
        found=found,
        expected="the whole file",
        action="Ask for the file again.",
    )


def _unreadable(shown_as: str, found: str) -> Fault:
    return Fault(
        "workbook-unreadable",
        ExitCode.UNREADABLE,
        where=shown_as,
        found=found,
        expected="a workbook that opens without a password",
        action="Ask for the file again, as the bank exports it.",
    )
