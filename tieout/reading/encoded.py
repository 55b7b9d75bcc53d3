"""Delimited text in GB18030, cut before it is decoded: few of its cells are read, and few of
those hold more than ASCII.

A byte below 0x30 is never part of a longer character of GB18030 (lead 0x81-0xFE, trail
0x40-0x7E or 0x80-0xFE; the four-byte forms have 0x30-0x39 in second and fourth place), so lines
and commas can be told apart on the bytes.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from tieout.reading.spelling import Bytes

ENCODING = "gb18030"

_NEWLINE, _RETURN, _DIGIT, _FIRST_LONG, _FIRST_TRAIL, _NO_TRAIL = b"\n\r0\x80\x40\x7f"
_NEVER = (b'"', b"\0", b"\x80", b"\xff")
"""Bytes of text that is quoted or is none, and 0x80, a trail that may not lead."""

Positions = npt.NDArray[np.int64]


def can_be_cut(separators: str) -> bool:
    """Whether none of these characters can be part of a longer one."""
    return all(ord(character) < _DIGIT for character in separators)


def encoded_rows(
    data: bytes, separator: str, cells: int, fields: Mapping[str, int], strip: str = ""
) -> pl.DataFrame | None:
    """The text of the cells at the places `fields`, "" where empty, a row for each line.

    `strip`: characters taken off both ends of every cell.

    None unless every line has exactly `cells` cells, none of them quoted, and every longer
    character is one of two bytes: whoever decodes all of it can tell the rest.
    """
    content = np.frombuffer(data, np.uint8)
    if not data.endswith(b"\n") or any(byte in data for byte in _NEVER) or not _is_sound(content):
        return None
    bounds = np.flatnonzero((content == ord(separator)) | (content == _NEWLINE))
    if bounds.size % cells:
        return None
    ends = bounds.reshape(-1, cells)
    is_line_end = content[ends] == _NEWLINE
    if is_line_end[:, :-1].any() or not is_line_end[:, -1].all():
        return None
    line_ends = ends[:, -1]
    has_return = content[line_ends - 1] == _RETURN
    if has_return.any() and not has_return.all():
        return None
    starts = np.concatenate(([0], line_ends[:-1] + 1))
    buffer = pa.py_buffer(data)
    is_blank = np.isin(np.arange(256), np.frombuffer(strip.encode(), np.uint8))
    columns = []
    for name, place in fields.items():
        begin = starts if place == 0 else ends[:, place - 1] + 1
        end = line_ends - has_return if place == cells - 1 else ends[:, place]
        if strip:
            begin, end = _stripped(content, begin, end, is_blank)
        columns.append(_decoded(_between(buffer, begin, end)).alias(name))
    return pl.DataFrame(columns)


def _is_sound(content: Bytes) -> bool:
    """Whether every byte from 0x80 on is part of a character of two bytes.

    A run of such bytes begins with a lead. One of odd length ends with a lead too, whose trail
    is then the byte after the run.
    """
    is_long = content >= _FIRST_LONG
    edges = np.flatnonzero(is_long[1:] != is_long[:-1]) + 1
    if is_long[0]:
        edges = np.concatenate(([0], edges))
    if edges.size % 2:
        return False
    begins, ends = edges[::2], edges[1::2]
    after = content[ends[(ends - begins) % 2 == 1]]
    return not ((after < _FIRST_TRAIL).any() or (after == _NO_TRAIL).any())


def _stripped(
    content: Bytes, begin: Positions, end: Positions, is_blank: npt.NDArray[np.bool_]
) -> tuple[Positions, Positions]:
    """Where the cells begin and end without the blanks at both ends of them."""
    begin, end = begin.copy(), end.copy()
    padded = np.flatnonzero((begin < end) & is_blank[content[end - 1]])
    while padded.size:
        end[padded] -= 1
        padded = padded[begin[padded] < end[padded]]
        padded = padded[is_blank[content[end[padded] - 1]]]
    padded = np.flatnonzero((begin < end) & is_blank[content[begin]])
    while padded.size:
        begin[padded] += 1
        padded = padded[is_blank[content[begin[padded]]] & (begin[padded] < end[padded])]
    return begin, end


def _between(buffer: pa.Buffer, begin: Positions, end: Positions) -> pl.Series:
    """The bytes from each `begin` to its `end`: every other piece of the buffer, not copied."""
    offsets = np.empty(2 * begin.size, np.int64)
    offsets[::2], offsets[1::2] = begin, end
    pieces = pa.Array.from_buffers(
        pa.large_binary(), offsets.size - 1, [None, pa.py_buffer(offsets), buffer]
    )
    return pl.Series(pl.from_arrow(pieces)).gather_every(2)


def _decoded(cells: pl.Series) -> pl.Series:
    array = cells.to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offsets, content = array.buffers()
    first, last = np.frombuffer(offsets, np.int64)[[array.offset, array.offset + len(array)]]
    if last == first or np.frombuffer(content, np.uint8)[first:last].max() < _FIRST_LONG:
        return cells.cast(pl.String)
    known = cells.unique()
    texts = [each.decode(ENCODING) for each in known.to_list()]
    return cells.replace_strict(known, pl.Series(texts), return_dtype=pl.String)
