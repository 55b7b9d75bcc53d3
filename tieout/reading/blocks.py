"""A stream cut into blocks of whole lines, so that memory does not grow with the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import IO

import numpy as np

from tieout.faults import ExitCode, Fault

BLOCK_BYTES = 8 * 1024**2
LONGEST_LINE_BYTES = 1024**2
NEWLINE = b"\n"
_CUT_REASONS = ("unexpected end of data", "incomplete multibyte sequence")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Block:
    """Whole lines; only the last block of a file may end without a line end.

    `first_line` is the 1-based number of its first line, `offset` the position of its first byte.
    `is_marked`: the file begins with the byte order mark of UTF-8, so UTF-8 it is.
    """

    data: bytes
    first_line: int
    offset: int
    is_marked: bool = False

    @cached_property
    def newlines(self) -> int:
        """How many lines end in it."""
        return occurrences(self.data, NEWLINE)


def blocks(stream: IO[bytes], shown_as: str, *, times: int = 1) -> Iterator[Block]:
    """The stream in blocks of `times` BLOCK_BYTES or so. Raises Fault (11) on an endless line."""
    first_line, offset = 1, 0
    begun, is_marked = b"", False
    while data := stream.read(times * BLOCK_BYTES):
        if not offset and not is_marked:
            is_marked = (begun + data[: len(BYTE_ORDER_MARK)]).startswith(BYTE_ORDER_MARK)
        end = data.rfind(NEWLINE) + 1
        if not end:
            begun += data
            if len(begun) > times * BLOCK_BYTES + LONGEST_LINE_BYTES:
                raise _endless(first_line, shown_as)
            continue
        # joined, not added and cut: a block is copied once
        whole = b"".join((begun, memoryview(data)[:end]))
        block = Block(whole, first_line, offset, is_marked)
        begun = data[end:]
        if len(begun) > LONGEST_LINE_BYTES:
            raise _endless(first_line + block.newlines, shown_as)
        yield block
        first_line += block.newlines
        offset += len(block.data)
    if begun:
        yield Block(begun, first_line, offset, is_marked)


def _endless(line: int, shown_as: str) -> Fault:
    return Fault(
        "line-too-long",
        ExitCode.UNREADABLE,
        where=f"{shown_as}:{line}",
        found=f"a line of more than {LONGEST_LINE_BYTES} bytes",
        expected="lines that end",
        action="Check that the source's format is the right one.",
    )


def occurrences(data: bytes, byte: bytes) -> int:
    """How many times one byte occurs: `data.count(byte)`, at a third of its cost for a block."""
    return int(np.count_nonzero(np.frombuffer(data, np.uint8) == byte[0]))


def as_utf8(block: Block, encoding: str, shown_as: str) -> bytes:
    """The block in UTF-8, without a byte order mark.

    A file that begins with the mark is UTF-8, whatever `encoding` says: people save exports
    anew. Raises Fault: 12 when the file ends inside a character, 11, with the byte offset and
    line, when the bytes are not text in `encoding`.
    """
    data = block.data
    encoding = "utf-8" if block.is_marked else encoding
    if b"\0" in data:
        raise _not_text(block, data.index(b"\0"), encoding, shown_as)
    if not data.isascii():
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            if error.reason in _CUT_REASONS and error.end == len(data):
                raise _cut_short(block, shown_as) from error
            raise _not_text(block, error.start, encoding, shown_as) from error
        data = data if encoding == "utf-8" else text.encode()
    return data.removeprefix(BYTE_ORDER_MARK) if block.offset == 0 else data


def _cut_short(block: Block, shown_as: str) -> Fault:
    return Fault(
        "file-cut-short",
        ExitCode.TRUNCATED,
        where=f"{shown_as}:{block.first_line + block.data.count(NEWLINE)}",
        found="a file that ends inside a character",
        expected="the whole file",
        action="Have the file delivered again.",
    )


def _not_text(block: Block, at: int, encoding: str, shown_as: str) -> Fault:
    line = block.first_line + block.data.count(b"\n", 0, at)
    return Fault(
        "file-wrong-encoding",
        ExitCode.UNREADABLE,
        where=f"{shown_as}:{line}",
        found=f"the byte 0x{block.data[at]:02x} at offset {block.offset + at}",
        expected=f"text in {encoding}",
        action="Have the file delivered in the encoding its format states.",
    )
