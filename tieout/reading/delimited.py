"""Delimited text: header, rows, and the lines before and after them that are neither."""

import csv
from collections.abc import Collection, Iterator
from typing import IO

import polars as pl

from tieout.faults import ExitCode, Fault
from tieout.feeds import NEVER_DELIVERED
from tieout.reading.blocks import NEWLINE, as_utf8, blocks, occurrences
from tieout.reading.chunk import LINE, Chunk, Reject
from tieout.reading.definition import PartDefinition
from tieout.reading.masking import masked_line
from tieout.reading.records import records

_SPLIT_MARK = "\x1f"
LEAD_LINES = 64
"""A header line is looked for among so many lines."""

_LONGEST_TRAILER_BYTES = 64 * 1024


class DelimitedReader:
    """Reads one member. After `chunks` is exhausted, `trailer` and `trailer_line` are known."""

    def __init__(self, part: PartDefinition, stream: IO[bytes], shown_as: str) -> None:
        self.trailer = ""
        self.trailer_line = 0
        self.header: list[str] = []
        self._part = part
        self._stream = stream
        self._shown_as = shown_as
        self._split_mark = ""

    def chunks(self) -> Iterator[Chunk]:
        """The rows, block by block. Raises Fault (exit 11 or 12) when the file is not as defined.

        A file of no bytes is cut short (12) when its format has a trailer, unreadable otherwise.
        """
        pending = b""
        for block in blocks(self._stream, self._shown_as):
            data = as_utf8(block, self._part.encoding, self._shown_as)
            first_line = block.first_line
            if not self.header:
                begin = self._read_header(data)
                first_line += data.count(b"\n", 0, begin)
                data = data[begin:]
            data, first_line = pending + data, first_line - pending.count(b"\n")
            data = self._without_trailer(data, first_line)
            chunk, used = self._chunk(data, first_line, is_final=False)
            pending = data[used:]
            if pending:
                last_line = first_line + data.count(NEWLINE, 0, used)
            yield chunk
        if not self.header:
            raise self._empty()
        if pending:
            yield self._chunk(pending, last_line, is_final=True)[0]

    def _read_header(self, data: bytes) -> int:
        """Finds the header; returns where the line after it begins."""
        begin = 0
        for _ in range(1 if self._part.layout == "canonical" else LEAD_LINES):
            end = data.find(b"\n", begin)
            line = data[begin : end if end >= 0 else len(data)].decode()
            names = [self._part.aliases.get(name, name) for name in self._header_cells(line)]
            begin = end + 1 if end >= 0 else len(data)
            if self._part.layout == "canonical" or (names and names[0] == self._part.header):
                self._check_header(names)
                self.header = names
                self._choose_split(data[begin : begin + _LONGEST_TRAILER_BYTES])
                return begin
            if begin == len(data):
                break
        raise header_not_found(self._part, self._shown_as)

    def _check_header(self, names: list[str]) -> None:
        if self._part.layout == "canonical":
            check_columns(names, self._part, self._shown_as)
            return
        refuse_missing_columns(names, self._part.fields_read, self._shown_as)

    def _choose_split(self, rows: bytes) -> None:
        """Rows whose every value carries the prefix are cut at separator and prefix together.

        A bare separator inside a value then does no harm; only a quoted row needs quotes read.
        """
        prefix = self._part.cell_prefix
        if prefix and rows.startswith(prefix.encode()):
            self._split_mark = self._part.separator + prefix

    def _header_cells(self, line: str) -> list[str]:
        try:
            cells = next(csv.reader([line.rstrip("\r")], delimiter=self._part.separator), [])
        except csv.Error:
            return []
        if self._part.layout == "canonical":
            return cells
        strip = self._part.strip or None
        return [cell.strip(strip).removeprefix(self._part.cell_prefix) for cell in cells]

    def _without_trailer(self, data: bytes, first_line: int) -> bytes:
        if not self._part.trailer:
            return data
        if self.trailer:
            self._add_to_trailer(data)
            return b""
        begin = self._trailer_start(data)
        if begin < 0:
            return data
        self.trailer_line = first_line + data.count(b"\n", 0, begin)
        self._add_to_trailer(data[begin:])
        return data[:begin]

    def _trailer_start(self, data: bytes) -> int:
        marks = {
            (lead + self._part.trailer).encode()
            for prefix in {"", self._part.cell_prefix}
            for lead in (prefix, '"' + prefix)
        }
        starts = [0] if data.startswith(tuple(marks)) else []
        for mark in marks:
            at = data.find(b"\n" + mark)
            while at >= 0 and not self._split_mark and data.count(b'"', 0, at) % 2:
                at = data.find(b"\n" + mark, at + 1)
            if at >= 0:
                starts.append(at + 1)
        return min(starts, default=-1)

    def _add_to_trailer(self, data: bytes) -> None:
        self.trailer += data.decode()
        if len(self.trailer) > _LONGEST_TRAILER_BYTES:
            raise Fault(
                "data-after-trailer",
                ExitCode.UNREADABLE,
                where=f"{self._shown_as}:{self.trailer_line}",
                found="a long text after the trailer",
                expected="nothing after the trailer",
                action="Have the file delivered again, one bill a file.",
            )

    def _chunk(self, data: bytes, first_line: int, *, is_final: bool) -> tuple[Chunk, int]:
        separator = self._part.separator
        is_quoted = not self._split_mark and b'"' in data
        size = len(data)
        if self._split_mark:
            data = data.replace(self._split_mark.encode(), _SPLIT_MARK.encode())
            separator = _SPLIT_MARK
        if not is_quoted and self._is_regular(data, separator):
            rows = self._parse(data, separator, is_quoted=False)
            if rows is not None:
                lines = pl.int_range(first_line, pl.len() + first_line, dtype=pl.Int64)
                return Chunk(rows.select(lines.alias(LINE), pl.all()), []), size
        sound = records(
            data,
            separator.encode(),
            len(self.header),
            is_quoted=is_quoted,
            is_final=is_final or bool(self.trailer),
        )
        rows = self._parse(sound.data, separator, is_quoted=is_quoted)
        if rows is None or rows.height != sound.lines.size:
            raise Fault(
                "lines-unreadable",
                ExitCode.UNREADABLE,
                where=f"{self._shown_as}:{first_line}",
                found="lines whose cells cannot be told apart",
                expected="delimited text (RFC 4180)",
                action="Have the file delivered again.",
            )
        numbers = pl.Series(LINE, sound.lines + first_line, dtype=pl.Int64)
        rejects = [
            Reject(
                first_line + spoilt.line,
                masked_line(spoilt.raw.decode().replace(_SPLIT_MARK, self._split_mark)),
                spoilt.reason,
            )
            for spoilt in sound.spoilt
        ]
        return Chunk(rows.select(numbers, pl.all()), rejects), sound.used if is_quoted else size

    def _is_regular(self, data: bytes, separator: str) -> bool:
        lines = occurrences(data, NEWLINE) + (not data.endswith(NEWLINE) and bool(data))
        return occurrences(data, separator.encode()) == lines * (len(self.header) - 1)

    def _parse(self, data: bytes, separator: str, *, is_quoted: bool) -> pl.DataFrame | None:
        """The fields that are read, as text; None when some line has too many cells."""
        used = self._part.fields_read
        names = [name if name in used else f"\0{number}" for number, name in enumerate(self.header)]
        schema = dict.fromkeys(names, pl.String)
        if not data:
            return pl.DataFrame(schema=schema).select(sorted(used)) if used else None
        try:
            frame = pl.read_csv(
                data,
                has_header=False,
                schema=schema,
                infer_schema=False,
                separator=separator,
                quote_char='"' if is_quoted else None,
            )
        except pl.exceptions.PolarsError:
            return None
        return frame.select(self._cleaned(name, is_quoted) for name in names if name in used)

    def _cleaned(self, name: str, is_quoted: bool) -> pl.Expr:
        text = pl.col(name)
        if self._part.strip or self._part.cell_prefix:
            text = text.str.strip_chars(self._part.strip or None)
            text = text.str.strip_prefix(self._part.cell_prefix)
            text = text.str.strip_chars(self._part.strip or None)
        elif not is_quoted:
            return text
        return pl.when(text != "").then(text).alias(name)

    def _empty(self) -> Fault:
        has_trailer = bool(self._part.trailer)
        return Fault(
            "file-empty",
            ExitCode.TRUNCATED if has_trailer else ExitCode.UNREADABLE,
            where=self._shown_as,
            found="no bytes",
            expected="a header line" + (" and a trailer" if has_trailer else ""),
            action="Have the file delivered again.",
        )


def header_not_found(part: PartDefinition, shown_as: str) -> Fault:
    """The Fault (exit 11) of a file without its header line."""
    return Fault(
        "header-not-found",
        ExitCode.UNREADABLE,
        where=shown_as,
        found=f"no header line among the first {LEAD_LINES} lines",
        expected=f"a line whose first cell is {part.header}",
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
            found="the columns " + ", ".join(names),
            expected="each of these once: " + ", ".join(wrong),
            action="Check that the source's format is the right one.",
        )


def check_columns(names: list[str], part: PartDefinition, shown_as: str) -> None:
    """Raises Fault (exit 11) unless a canonical file has exactly its feed's columns, each once."""
    known = [c.name for c in part.relation.columns if c.name not in NEVER_DELIVERED]
    problems = [f"{name!r} unknown" for name in names if name not in known]
    problems += [f"{name!r} missing" for name in known if name not in names]
    problems += [f"{name!r} twice" for name in known if names.count(name) > 1]
    if problems:
        raise Fault(
            "columns-differ",
            ExitCode.UNREADABLE,
            where=shown_as,
            found=f"{', '.join(problems)}, in the columns {', '.join(names)}",
            expected="the columns " + ", ".join(known),
            action="Correct the export, or name the format that the file is in.",
        )
