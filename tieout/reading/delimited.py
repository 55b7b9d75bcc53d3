"""Delimited text: header, rows, and the lines before and after them that are neither."""

from collections.abc import Iterator
from typing import IO

import polars as pl

from tieout.faults import ExitCode, Fault
from tieout.reading.after_rows import (
    LONGEST_TRAILER_BYTES,
    Trailer,
    refuse_row_as_tail,
    tail_start,
)
from tieout.reading.blocks import NEWLINE, Block, as_utf8, blocks, occurrences
from tieout.reading.chunk import LINE, Chunk, Reject
from tieout.reading.encoded import ENCODING, can_be_cut, encoded_rows
from tieout.reading.heading import heading
from tieout.reading.masking import masked_line
from tieout.reading.matched_lines import matched_chunk
from tieout.reading.part import PartDefinition
from tieout.reading.records import records

_SPLIT_MARK = "\x1f"


class DelimitedReader:
    """Reads one member. After `chunks` is exhausted, the text around the rows is known: `lead`
    before them, `trailer` after them from line `trailer_line` on.
    """

    def __init__(self, part: PartDefinition, stream: IO[bytes], shown_as: str) -> None:
        self.lead = ""
        self.header: list[str] = []
        self._part = part
        self._stream = stream
        self._shown_as = shown_as
        self._split_mark = ""
        self._trailer = Trailer(part, shown_as)

    @property
    def trailer(self) -> str:
        return self._trailer.text

    @property
    def trailer_line(self) -> int:
        return self._trailer.first_line

    def chunks(self) -> Iterator[Chunk]:
        """The rows, block by block. Raises Fault (exit 11 or 12) when the file is not as defined.

        A file of no bytes is cut short (12) when its format has a trailer, unreadable otherwise.
        """
        pending, has_lines = b"", False
        for block in blocks(self._stream, self._shown_as):
            if not pending and (rows := self._rows_before_decoding(block)) is not None:
                has_lines = True
                yield rows
                continue
            data = as_utf8(block, self._part.encoding, self._shown_as)
            first_line = block.first_line
            if not self.header:
                begin = self._read_heading(data)
                first_line += data.count(b"\n", 0, begin)
                data = data[begin:]
            data, first_line = pending + data, first_line - pending.count(b"\n")
            may_be_quoted = self._part.has_quotes and not self._split_mark
            data = self._trailer.cut_off(data, first_line, may_be_quoted=may_be_quoted)
            rows_end = tail_start(data, self._part.tail_lines)
            chunk, used = self._chunk(data[:rows_end], first_line, is_final=False)
            has_lines = has_lines or bool(chunk.rows.height or chunk.rejects)
            pending = data[used:]
            if pending:
                last_line = first_line + data.count(NEWLINE, 0, used)
            yield chunk
        if not self.header:
            raise self._empty()
        if self._part.tail_lines:
            rows_end = tail_start(pending, self._part.tail_lines)
            refuse_row_as_tail(pending[rows_end:], self._part, len(self.header), self._shown_as)
            pending = pending[:rows_end]
        if pending:
            has_lines = True
            yield self._chunk(pending, last_line, is_final=True)[0]
        if not has_lines:
            self._refuse_nothing_known()

    def _rows_before_decoding(self, block: Block) -> Chunk | None:
        """The rows of a block that holds nothing else and need not be decoded as a whole."""
        part, mark = self._part, self._part.trailer.encode(self._part.encoding)
        if (
            not self.header
            or self._trailer.text
            or block.is_marked
            or part.encoding != ENCODING
            or not can_be_cut(part.separator + part.strip)
            or part.cell_prefix
            or part.line
            or part.tail_lines
            or part.is_open_ended
            or (mark and (block.data.startswith(mark) or b"\n" + mark in block.data))
        ):
            return None
        used = part.fields_read
        places = {name: place for place, name in enumerate(self.header) if name in used}
        rows = encoded_rows(block.data, part.separator, len(self.header), places, part.strip)
        if rows is None or not places:
            return None
        lines = pl.int_range(block.first_line, pl.len() + block.first_line, dtype=pl.Int64)
        texts = [pl.when(pl.col(name) != "").then(name).alias(name) for name in places]
        absent = [pl.lit(None, pl.String).alias(name) for name in used - set(places)]
        return Chunk(rows.select(lines.alias(LINE), *texts, *absent), [])

    def _read_heading(self, data: bytes) -> int:
        """Finds the header; returns where the rows begin."""
        found = heading(data, self._part, self._shown_as)
        self.header, self.lead = found.names, found.lead
        self._choose_split(data[found.rows_at : found.rows_at + LONGEST_TRAILER_BYTES])
        return found.rows_at

    def _choose_split(self, rows: bytes) -> None:
        """Rows whose every value carries the prefix are cut at separator and prefix together.

        A bare separator inside a value then does no harm; only a quoted row needs quotes read.
        """
        prefix = self._part.cell_prefix
        if prefix and rows.startswith(prefix.encode()):
            self._split_mark = self._part.separator + prefix

    def _refuse_nothing_known(self) -> None:
        """An empty day shows column heads or totals; without either it may be any short text."""
        part, heads = self._part, self.lead.splitlines()
        if part.header or part.totals or part.layout == "canonical":
            return
        if all(line.count(part.separator) < len(self.header) - 1 for line in heads):
            raise Fault(
                "rows-not-found",
                ExitCode.UNREADABLE,
                where=self._shown_as,
                found=f"no row, and no line of {len(self.header)} cells before the rows",
                expected="rows, or the column heads of an empty day",
                action="Check that the source's format is the right one.",
            )

    def _chunk(self, data: bytes, first_line: int, *, is_final: bool) -> tuple[Chunk, int]:
        if self._part.line:
            fields = sorted(self._part.fields_read)
            return matched_chunk(self._part.line, fields, data, first_line), len(data)
        separator = self._part.separator
        is_quoted = self._part.has_quotes and not self._split_mark and b'"' in data
        size = len(data)
        if self._split_mark:
            data = data.replace(self._split_mark.encode(), _SPLIT_MARK.encode())
            separator = _SPLIT_MARK
        if not is_quoted and self._is_regular(data, separator):
            rows = self._parse(data, separator, is_quoted=False, may_be_more=False)
            if rows is not None:
                lines = pl.int_range(first_line, pl.len() + first_line, dtype=pl.Int64)
                return Chunk(rows.select(lines.alias(LINE), pl.all()), []), size
        sound = records(
            data,
            separator.encode(),
            len(self.header),
            may_be_more=self._part.is_open_ended,
            is_quoted=is_quoted,
            is_final=is_final or bool(self._trailer.text),
        )
        may_be_more = self._part.is_open_ended
        rows = self._parse(sound.data, separator, is_quoted=is_quoted, may_be_more=may_be_more)
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

    def _parse(
        self, data: bytes, separator: str, *, is_quoted: bool, may_be_more: bool
    ) -> pl.DataFrame | None:
        """The fields that are read, as text; None when some line has too many cells."""
        used = self._part.fields_read
        absent = [pl.lit(None, pl.String).alias(name) for name in used - set(self.header)]
        names = [name if name in used else f"\0{number}" for number, name in enumerate(self.header)]
        schema = dict.fromkeys(names, pl.String)
        if not data:
            return pl.DataFrame(schema=dict.fromkeys(sorted(used), pl.String)) if used else None
        try:
            frame = pl.read_csv(
                data,
                has_header=False,
                schema=schema,
                infer_schema=False,
                separator=separator,
                quote_char='"' if is_quoted else None,
                truncate_ragged_lines=may_be_more,
                extra_columns="ignore" if may_be_more else "raise",
            )
        except pl.exceptions.PolarsError:
            return None
        read = [self._cleaned(name, is_quoted) for name in names if name in used]
        return frame.select(*read, *absent)

    def _cleaned(self, name: str, is_quoted: bool) -> pl.Expr:
        text = pl.col(name)
        if self._part.strip or self._part.cell_prefix:
            text = text.str.strip_chars(self._part.strip or None)
            if self._part.cell_prefix:
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
