"""Workbooks that are the same bytes on every machine: old .xls (BIFF8 in OLE 2) and .xlsx.

Only what a bank's export needs: one sheet of texts and numbers.
"""

import io
import struct
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

Cell = str | int | float
Rows = Sequence[Sequence[Cell]]

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST_STREAM = 4096
_DATE = (2025, 2, 1, 8, 0, 0)


def xls(rows: Rows) -> bytes:
    """A workbook as Excel 97 to 2003 wrote them."""
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    begin += _record(0x0042, struct.pack("<H", 1200))
    name = struct.pack("<BB", 6, 1) + "Sheet1".encode("utf-16-le")
    sheet_at = len(begin) + 4 + 6 + len(name) + 4
    begin += _record(0x0085, struct.pack("<IH", sheet_at, 0) + name) + _record(0x000A, b"")
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    widest = max(len(row) for row in rows)
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, widest, 0))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            place = struct.pack("<HHH", number, column, 15)
            if isinstance(cell, str):
                text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
                sheet += _record(0x0204, place + text) if cell else b""
            else:
                sheet += _record(0x0203, place + struct.pack("<d", cell))
    return _compound(begin + sheet + _record(0x000A, b""))


def xlsx(rows: Rows) -> bytes:
    """A workbook as they are written since 2007, with its texts in the sheet."""
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}/relationships"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>'
        + "".join(_xlsx_rows(rows))
        + "</sheetData></worksheet>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, text in members.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system = 3
            archive.writestr(info, f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode())
    return buffer.getvalue()


def _xlsx_rows(rows: Rows) -> Iterator[str]:
    for number, row in enumerate(rows, start=1):
        yield f'<row r="{number}">'
        for column, cell in enumerate(row):
            place = f"{chr(ord('A') + column)}{number}"
            if not isinstance(cell, str):
                yield f'<c r="{place}"><v>{cell}</v></c>'
            elif cell:
                text = f'<t xml:space="preserve">{escape(cell)}</t>'
                yield f'<c r="{place}" t="inlineStr"><is>{text}</is></c>'
        yield "</row>"


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _compound(stream: bytes) -> bytes:
    """An OLE 2 file with one stream: its table of sectors, its folder, then the stream."""
    size = max(len(stream), _SMALLEST_STREAM)
    sectors = -(-size // _SECTOR)
    body = stream.ljust(sectors * _SECTOR, b"\0")
    chain = [_FAT, _END, *range(3, sectors + 2), _END]
    table = struct.pack(f"<{_SECTOR // 4}I", *chain, *[_FREE] * (_SECTOR // 4 - len(chain)))
    folder = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, 2, size)
    folder += (_entry("", 0, 0, 0)) * 2
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, _SMALLEST_STREAM, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    return header + table + folder + body


def _entry(name: str, kind: int, first: int, size: int, child: int = _FREE) -> bytes:
    text = (name + "\0").encode("utf-16-le") if name else b""
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )
