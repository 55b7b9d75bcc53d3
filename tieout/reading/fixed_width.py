"""Fixed-width records, cut as bytes before any decoding: widths count bytes, not characters."""

from collections.abc import Iterator
from dataclasses import replace
from typing import IO

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from tieout.faults import ExitCode, Fault
from tieout.reading.blocks import Block, as_utf8, blocks
from tieout.reading.chunk import LINE, Chunk, Reject
from tieout.reading.fixed_record import FixedField, FixedRecord
from tieout.reading.masking import masked_line
from tieout.reading.part import PartDefinition
from tieout.reading.spelling import Bytes, extremes

_NEWLINE, _RETURN, _SPACE = b"\n\r "
_LAST_ASCII = 0x7F
_BLOCKS_AT_ONCE = 3
"""Records are long: one block has so few that the price of a chunk tells."""


class FixedWidthReader:
    """Reads one member. After `chunks` is exhausted, the text around the records is known: `lead`
    before them, `trailer` after them from line `trailer_line` on.
    """

    def __init__(self, part: PartDefinition, stream: IO[bytes], shown_as: str) -> None:
        self.lead = ""
        self.trailer = ""
        self.trailer_line = 0
        self._part = part
        self._stream = stream
        self._shown_as = shown_as

    def chunks(self) -> Iterator[Chunk]:
        """The records, block by block, each field decoded and stripped of blanks.

        A record of another length, or without a space in a gap, is a reject. Raises Fault: 12
        when the last record of the file is cut short, 11 when a field is not text in the part's
        encoding.
        """
        assert self._part.record is not None
        for block in blocks(self._stream, self._shown_as, times=_BLOCKS_AT_ONCE):
            records = self._without_trailer(self._without_lead(block))
            if records.data:
                yield _chunk(self._part.record, records, self._part.encoding, self._shown_as)

    def _without_lead(self, block: Block) -> Block:
        if block.offset or not self._part.lead_lines:
            return block
        begin = 0
        for _ in range(self._part.lead_lines):
            begin = block.data.find(b"\n", begin) + 1 or len(block.data)
        self.lead = self._text(block, 0, begin)
        return self._from(block, begin)

    def _without_trailer(self, block: Block) -> Block:
        mark = self._part.trailer.encode(self._part.encoding)
        if not mark:
            return block
        begin = 0 if self.trailer or block.data.startswith(mark) else _line_with(mark, block.data)
        if begin < 0:
            return block
        self.trailer_line = self.trailer_line or self._from(block, begin).first_line
        self.trailer += self._text(block, begin, len(block.data))
        return replace(block, data=block.data[:begin])

    def _from(self, block: Block, begin: int) -> Block:
        before = block.data.count(b"\n", 0, begin)
        return Block(block.data[begin:], block.first_line + before, block.offset + begin)

    def _text(self, block: Block, begin: int, end: int) -> str:
        part = replace(self._from(block, begin), data=block.data[begin:end])
        return as_utf8(part, self._part.encoding, self._shown_as).decode()


def _line_with(mark: bytes, data: bytes) -> int:
    """Where the first line but one begins that has the mark; -1 when there is none."""
    at = data.find(b"\n" + mark)
    return at + 1 if at >= 0 else -1


def _chunk(record: FixedRecord, block: Block, encoding: str, shown_as: str) -> Chunk:
    content = np.frombuffer(block.data, np.uint8)
    where = f"{shown_as}:{block.first_line}"
    if (rows := _all_rows(record, block, content)) is not None:
        lowest, highest = extremes(rows)
        gaps = list(record.gaps)
        if (lowest[gaps] == _SPACE).all() and (highest[gaps] == _SPACE).all():
            lines = np.arange(len(rows)) + block.first_line
            return Chunk(_cut(record, rows, lowest, highest, lines, encoding, where), [])
    newlines = np.flatnonzero(content == _NEWLINE)
    is_open = not block.data.endswith(b"\n")
    ends = np.append(newlines, content.size) if is_open else newlines
    starts = np.concatenate(([0], ends[:-1] + 1))
    widths = ends - starts - ((content[np.maximum(ends - 1, 0)] == _RETURN) & (ends > starts))
    if is_open and widths[-1] != record.width:
        raise Fault(
            "file-cut-short",
            ExitCode.TRUNCATED,
            where=f"{shown_as}:{block.first_line + starts.size - 1}",
            found=f"a last record of {widths[-1]} bytes",
            expected=f"{record.width} bytes and a line end",
            action="Have the file delivered again.",
        )
    is_full = widths == record.width
    rows = _matrix(content, starts[is_full], record.width)
    lines = np.flatnonzero(is_full)
    is_aligned = (rows[:, list(record.gaps)] == _SPACE).all(axis=1)
    reasons = {
        int(index): f"found {widths[index]} bytes, expected {record.width}"
        for index in np.flatnonzero(~is_full & (widths > 0))
    }
    for index in lines[~is_aligned]:
        reasons[int(index)] = "found text between two fields, expected a space"
    if not is_aligned.all():
        rows, lines = rows[is_aligned], lines[is_aligned]
    rejects = [
        Reject(
            block.first_line + index,
            masked_line(
                block.data[starts[index] : starts[index] + widths[index]].decode(
                    encoding, errors="replace"
                )
            ),
            reason,
        )
        for index, reason in sorted(reasons.items())
    ]
    if not len(rows):
        schema = dict.fromkeys((field.name for field in record.fields), pl.String)
        return Chunk(pl.DataFrame(schema={LINE: pl.Int64, **schema}), rejects)
    lowest, highest = extremes(rows)
    lines += block.first_line
    return Chunk(_cut(record, rows, lowest, highest, lines, encoding, where), rejects)


def _all_rows(record: FixedRecord, block: Block, content: Bytes) -> Bytes | None:
    """The block as one row a line when all of it is records of the right width, else None."""
    line_end = b"\r\n" if block.data[record.width : record.width + 1] == b"\r" else b"\n"
    stride = record.width + len(line_end)
    if len(block.data) != block.newlines * stride:
        return None
    lines = content.reshape(-1, stride)
    if not (lines[:, record.width :] == np.frombuffer(line_end, np.uint8)).all():
        return None
    return lines[:, : record.width]


def _cut(
    record: FixedRecord,
    rows: Bytes,
    lowest: Bytes,
    highest: Bytes,
    lines: npt.NDArray[np.int64],
    encoding: str,
    where: str,
) -> pl.DataFrame:
    """The fields of the rows, each stripped of blanks, null where nothing else is there.

    `lowest` and `highest`: the bytes of all rows at each place.
    """
    columns = [pl.Series(LINE, lines, dtype=pl.Int64)]
    padded = []
    for field in record.fields:
        place = slice(field.at, field.at + field.width)
        low, high = lowest[place], highest[place]
        if (low == _SPACE).all() and (high == _SPACE).all():
            nothing = pl.Series(field.name, [None], dtype=pl.String)
            columns.append(nothing.new_from_index(0, len(rows)))
            continue
        cells = np.ascontiguousarray(rows[:, place])
        columns.append(_field(cells, field, encoding, where, is_ascii=high.max() <= _LAST_ASCII))
        if low[0] <= _SPACE or low[-1] <= _SPACE:
            padded.append(_stripped(field.name))
    return pl.DataFrame(columns).with_columns(padded)


def _matrix(content: Bytes, starts: npt.NDArray[np.int64], width: int) -> Bytes:
    if starts.size == 0:
        return np.empty((0, width), np.uint8)
    windows = np.lib.stride_tricks.sliding_window_view(content, width)
    steps = np.diff(starts)
    if starts.size > 1 and (steps == steps[0]).all():
        return windows[starts[0] : starts[-1] + 1 : steps[0]]
    return windows[starts]


def _field(
    cells: Bytes, field: FixedField, encoding: str, where: str, *, is_ascii: bool
) -> pl.Series:
    if not is_ascii:
        try:
            texts = [cell.tobytes().decode(encoding) for cell in cells]
        except UnicodeDecodeError as error:
            raise Fault(
                "file-wrong-encoding",
                ExitCode.UNREADABLE,
                where=where,
                found=f"bytes in the field {field.name} that are no text ({error.reason})",
                expected=f"text in {encoding}",
                action="Have the file delivered in the encoding its format states.",
            ) from error
        return pl.Series(field.name, texts, dtype=pl.String)
    offsets = np.arange(len(cells) + 1, dtype=np.int64) * field.width
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(cells)]
    array = pa.Array.from_buffers(pa.large_string(), len(cells), buffers)
    return pl.Series(field.name, pl.from_arrow(array))


def _stripped(name: str) -> pl.Expr:
    text = pl.col(name).str.strip_chars(" ")
    return pl.when(text != "").then(text).alias(name)
