"""Personal data planted in sample files: same length, so that every layout stays what it is.

A *plant* is a run of Chinese characters, of Latin letters or of many digits in a file that
nothing loaded shows, replaced throughout by a name or number that occurs nowhere else. Runs that
the layout needs (names of columns, words that rules know, amounts) are left alone: its
definition holds them, or without them the file is not read, or fewer of its lines are good.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tests.samples.sample_files import Sample
from tieout.faults import Fault
from tieout.reading import Format, read

HAN, LATIN, DIGITS = "仝尕", "ZQXJK", "13907651234"
_RUNS = (
    (re.compile("[\u4e00-\u9fff]{2,}"), HAN),
    (re.compile("[A-Za-z]{5,}"), LATIN),
    (re.compile("(?<![0-9])[0-9]{11,19}(?![0-9])"), DIGITS),
)
PLANTED = re.compile(f"{HAN}|{HAN[::-1]}|{LATIN}|{DIGITS}")

_OLD_WORKBOOK = bytes.fromhex("d0cf11e0a1b11ae1")
_LOCAL, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


@dataclass(frozen=True)
class Loaded:
    """What a file is read into: how many lines, how many of them bad, and all that is kept."""

    lines: tuple[tuple[str, int, int], ...]
    text: str


def loaded(sample: Sample, path: Path) -> Loaded:
    """The file at `path`, read as the sample is. Raises Fault."""
    lines, texts = [], []
    for part in read(
        path,
        sample.shown_as,
        sample.fmt,
        business_date=sample.business_date,
        currency_decimals=sample.currency_decimals,
        max_reject_rate=Decimal(1),
    ):
        texts.append(str(part.batches.read_all().to_pylist()))
        end = part.finish()
        lines.append((part.relation, end.lines, end.rejected))
        texts.append(str(end.rejects.to_pylist()))
    return Loaded(tuple(lines), "\n".join(texts))


def plant(sample: Sample, scratch: Path) -> tuple[bytes, list[str]]:
    """The sample with everything planted that its layout can bear, and what was planted over.

    `scratch`: where to write the trials.
    """
    before = loaded(sample, sample.path)
    data = sample.path.read_bytes()
    known = before.text.lower() + sample.definition.lower()
    planted: list[str] = []

    def bear(data: bytes, runs: list[tuple[bytes, bytes]]) -> bytes:
        """The data with the runs replaced that it can bear: all, or what halves of them do."""
        tried = data
        for run, marker in runs:
            tried = _replaced(tried, run, marker)
        scratch.write_bytes(tried)
        try:
            if loaded(sample, scratch).lines == before.lines:
                planted.extend(run.decode(errors="replace") for run, _ in runs)
                return tried
        except Fault:
            pass
        if len(runs) == 1:
            return data
        half = len(runs) // 2
        return bear(bear(data, runs[:half]), runs[half:])

    for encoding in _encodings(data, sample.fmt):
        runs = [
            (run.encode(encoding), marker.encode(encoding))
            for run, marker in _runs(data, encoding)
            # an amount may stand with zeros before it
            if run.lstrip("0").lower() not in known
        ]
        data = bear(data, runs) if runs else data
    return data, planted


def _encodings(data: bytes, fmt: Format) -> set[str]:
    if data.startswith(_OLD_WORKBOOK):
        return {"utf-16-le"}
    named = {encoding for part in fmt.parts for encoding in part.encoding.split(" or ")}
    return {encoding for encoding in named if _is_in(data, encoding)} or {"utf-8"}


def _is_in(data: bytes, encoding: str) -> bool:
    if data.startswith(_LOCAL):
        return True
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _runs(data: bytes, encoding: str) -> Iterator[tuple[str, str]]:
    text = data.decode(encoding, errors="replace")
    for pattern, marker in _RUNS:
        for run in sorted(set(pattern.findall(text)), key=lambda run: (-len(run), run)):
            if not PLANTED.search(run):
                yield run, (marker * len(run))[: len(run)]


def _replaced(data: bytes, old: bytes, new: bytes) -> bytes:
    """The bytes with `old` replaced; a stored zip gets the checksums of its new members."""
    replaced = bytearray(data.replace(old, new))
    if not data.startswith(_LOCAL):
        return bytes(replaced)
    at = data.rfind(b"PK\x05\x06")
    place = int.from_bytes(data[at + 16 : at + 20], "little")
    while data[place : place + 4] == _CENTRAL:
        size = int.from_bytes(data[place + 20 : place + 24], "little")
        name, extra, note = (
            int.from_bytes(data[place + n : place + n + 2], "little") for n in (28, 30, 32)
        )
        header = int.from_bytes(data[place + 42 : place + 46], "little")
        begin = header + 30
        for n in (26, 28):
            begin += int.from_bytes(data[header + n : header + n + 2], "little")
        if int.from_bytes(data[place + 10 : place + 12], "little") == zipfile.ZIP_STORED:
            # names of members are no content
            replaced[header:begin] = data[header:begin]
            replaced[place : place + 46 + name + extra + note] = data[
                place : place + 46 + name + extra + note
            ]
            checksum = zlib.crc32(replaced[begin : begin + size]).to_bytes(4, "little")
            replaced[header + 14 : header + 18] = checksum
            replaced[place + 16 : place + 20] = checksum
        place += 46 + name + extra + note
    return bytes(replaced)
