"""A stream cut into blocks of whole lines, so that memory does not grow with the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from tieout.faults import ExitCode, Fault

BLOCK_BYTES = 32 * 1024**2
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Block:
    """Whole lines; only the last block of a file may end without a line end.

    `first_line` is the 1-based number of its first line, `offset` the position of its first byte.
    """

    data: bytes
    first_line: int
    offset: int


def blocks(stream: IO[bytes], shown_as: str) -> Iterator[Block]:
    """The stream in blocks of about BLOCK_BYTES. Raises Fault (exit 11) on an endless line."""
    carried = b""
    first_line, offset = 1, 0
    while chunk := stream.read(BLOCK_BYTES):
        data = carried + chunk
        cut = data.rfind(b"\n") + 1
        if cut == 0 and len(data) > BLOCK_BYTES:
            raise Fault(
                "line-too-long",
                ExitCode.UNREADABLE,
                where=f"{shown_as}:{first_line}",
                found=f"a line of more than {BLOCK_BYTES} bytes",
                expected="lines that end",
                action="Check that the source's format is the right one.",
            )
        carried = data[cut:]
        if cut:
            block = Block(data[:cut], first_line, offset)
            yield block
            first_line += block.data.count(b"\n")
            offset += cut
    if carried:
        yield Block(carried, first_line, offset)


def as_utf8(block: Block, encoding: str, shown_as: str) -> bytes:
    """The block in UTF-8, without a byte order mark.

    Raises Fault (exit 11), with the byte offset and line, when the bytes are not text in
    `encoding`.
    """
    data = block.data
    if b"\0" in data:
        raise _not_text(block, data.index(b"\0"), encoding, shown_as)
    if not data.isascii():
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            raise _not_text(block, error.start, encoding, shown_as) from error
        data = data if encoding == "utf-8" else text.encode()
    return data.removeprefix(BYTE_ORDER_MARK) if block.offset == 0 else data


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
