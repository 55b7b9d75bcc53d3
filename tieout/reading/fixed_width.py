"""Fixed-width records, cut as bytes before any decoding: widths count bytes, not characters."""

from collections.abc import Iterator
from typing import IO

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from tieout.faults import ExitCode, Fault
from tieout.reading.blocks import Block, blocks
from tieout.reading.chunk import LINE, Chunk, Reject
from tieout.reading.definition import FixedField, FixedRecord
from tieout.reading.masking import masked_line

_NEWLINE, _RETURN, _SPACE = b"\n\r "


def fixed_width_chunks(
    record: FixedRecord, stream: IO[bytes], encoding: str, shown_as: str
) -> Iterator[Chunk]:
    """The records, block by block, each field decoded and stripped of blanks.

    A record of another length, or without a space in a gap, is a reject. Raises Fault: 12 when
    the last record of the file is cut short, 11 when a field is not text in `encoding`.
    """
    for block in blocks(stream, shown_as):
        yield _chunk(record, block, encoding, shown_as)


def _chunk(record: FixedRecord, block: Block, encoding: str, shown_as: str) -> Chunk:
    content = np.frombuffer(block.data, np.uint8)
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
    columns = [pl.Series(LINE, lines + block.first_line, dtype=pl.Int64)]
    padded = []
    for field in record.fields:
        cells = np.ascontiguousarray(rows[:, field.at : field.at + field.width])
        columns.append(_field(cells, field, encoding, f"{shown_as}:{block.first_line}"))
        if (cells[:, (0, -1)] == _SPACE).any():
            padded.append(_stripped(field.name))
    return Chunk(pl.DataFrame(columns).with_columns(padded), rejects)


def _matrix(
    content: npt.NDArray[np.uint8], starts: npt.NDArray[np.int64], width: int
) -> npt.NDArray[np.uint8]:
    if starts.size == 0:
        return np.empty((0, width), np.uint8)
    windows = np.lib.stride_tricks.sliding_window_view(content, width)
    steps = np.diff(starts)
    if starts.size > 1 and (steps == steps[0]).all():
        return windows[starts[0] : starts[-1] + 1 : steps[0]]
    return windows[starts]


def _field(cells: npt.NDArray[np.uint8], field: FixedField, encoding: str, where: str) -> pl.Series:
    if (cells == _SPACE).all():
        return pl.Series(field.name, [None], dtype=pl.String).new_from_index(0, len(cells))
    if cells.size and cells.max() > 0x7F:
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
