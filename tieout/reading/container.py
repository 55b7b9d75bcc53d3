"""What lies inside a delivered file: one stream of bytes, or the members of a zip.

A container is data from outside: member names, declared sizes and checksums are not trusted.
"""

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from tieout.faults import ExitCode, Fault

MOST_MEMBERS = 1_000
LARGEST_UNPACKED_BYTES = 64 * 1024**3
LARGEST_RATIO = 250
LARGEST_GZIP_RATIO = 1032
"""What deflate can make of one byte at most."""

_RATIO_MATTERS_ABOVE_BYTES = 64 * 1024**2
_PEEK_BYTES = 4096
_ENCRYPTED = 0x1
_GZIP_MAGIC = b"\x1f\x8b"
_ZIP_MAGIC = b"PK\x03\x04"
_UNSAFE_NAME = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\0")


@dataclass(frozen=True)
class Member:
    """A stream of bytes and how to name it. `name` is '' for a plain file.

    `size`: at most so many bytes, unpacked.
    """

    name: str
    shown_as: str
    size: int
    _path: Path
    _archive: zipfile.ZipFile | None

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The bytes, unpacked as they are read.

        Inside the `with`, damage met while unpacking is raised as a Fault: exit 12 when the
        stream ends too early, 11 otherwise.
        """
        try:
            with self._stream() as stream:
                yield stream
        except EOFError as error:
            raise Fault(
                "file-cut-short",
                ExitCode.TRUNCATED,
                where=self.shown_as,
                found="compressed data that ends before its end mark",
                expected="the whole file",
                action="Have the file delivered again.",
            ) from error
        except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, NotImplementedError) as error:
            raise _damaged(self.shown_as, str(error)) from error

    def peek(self) -> bytes:
        """The first bytes."""
        with self.open() as stream:
            return stream.read(_PEEK_BYTES)

    def _stream(self) -> IO[bytes]:
        if self._archive is not None:
            return self._archive.open(self.name)
        if _is_gzip(self._path):
            return cast(IO[bytes], gzip.open(self._path))
        return self._path.open("rb")


@contextmanager
def members(
    path: Path, shown_as: str, container: str, name_encoding: str
) -> Iterator[tuple[Member, ...]]:
    """The members of a `zip`, or the one stream of a plain (or gzip) `file`.

    Raises Fault: 12 for a zip without its end record, 11 for a damaged, encrypted, oversized or
    unsafely named one.
    """
    if container == "file":
        size = path.stat().st_size * (LARGEST_GZIP_RATIO if _is_gzip(path) else 1)
        yield (Member("", shown_as, size, path, None),)
        return
    if not zipfile.is_zipfile(path):
        raise _not_a_zip(path, shown_as)
    try:
        archive = zipfile.ZipFile(path, metadata_encoding=name_encoding)
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError) as error:
        raise _damaged(shown_as, str(error)) from error
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        _refuse_unsafe(entries, shown_as)
        yield tuple(
            Member(entry.filename, f"{shown_as}!{entry.filename}", entry.file_size, path, archive)
            for entry in sorted(entries, key=lambda entry: entry.filename)
        )


def _is_gzip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC


def _refuse_unsafe(entries: list[zipfile.ZipInfo], shown_as: str) -> None:
    names = [entry.filename for entry in entries]
    unsafe = [name for name in names if _UNSAFE_NAME.search(name)]
    if unsafe:
        raise _unsafe(shown_as, f"a member named {unsafe[0]!r}", "names inside the container")
    if len(set(names)) != len(names) or len(names) > MOST_MEMBERS:
        raise _unsafe(shown_as, f"{len(names)} members", f"up to {MOST_MEMBERS}, each name once")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise _unsafe(shown_as, "an encrypted member", "members that open without a password")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    too_dense = unpacked > _RATIO_MATTERS_ABOVE_BYTES and unpacked > LARGEST_RATIO * packed
    if unpacked > LARGEST_UNPACKED_BYTES or too_dense:
        raise _unsafe(
            shown_as,
            f"{packed} bytes that declare to unpack to {unpacked}",
            f"at most {LARGEST_UNPACKED_BYTES} bytes and {LARGEST_RATIO} times the packed size",
        )


def _not_a_zip(path: Path, shown_as: str) -> Fault:
    with path.open("rb") as stream:
        if stream.read(len(_ZIP_MAGIC)) != _ZIP_MAGIC:
            return _damaged(shown_as, "bytes that are not a zip")
    return Fault(
        "file-cut-short",
        ExitCode.TRUNCATED,
        where=shown_as,
        found="a zip without its end record",
        expected="the whole file",
        action="Have the file delivered again.",
    )


def _damaged(shown_as: str, found: str) -> Fault:
    return Fault(
        "container-damaged",
        ExitCode.UNREADABLE,
        where=shown_as,
        found=found,
        expected="a container that unpacks without an error",
        action="Have the file delivered again.",
    )


def _unsafe(shown_as: str, found: str, expected: str) -> Fault:
    return Fault(
        "container-refused",
        ExitCode.UNREADABLE,
        where=shown_as,
        found=found,
        expected=expected,
        action="Ask the sender what this file is before letting it in.",
    )
