"""The sample file of a format, its bytes changed, and what tieout makes of them then."""

import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.samples.sample_files import Sample
from tieout.faults import Fault
from tieout.reading import Format, read

_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_BAD_LINES_ALLOWED = Decimal("0.001")

Change = Callable[[str, bytes], bytes | None]
"""Of a member's name and bytes: what they become; None takes the member out."""


@dataclass(frozen=True)
class Understood:
    """What one part was read into."""

    relation: str
    rows: list[dict[str, Any]]
    rejected: int
    totals: list[dict[str, Any]]


def understood(
    sample: Sample, data: bytes, folder: Path, fmt: Format | None = None
) -> list[Understood]:
    """The bytes, delivered under the sample's name and read in its format, or another one.

    Raises Fault, as a day does.
    """
    path = folder / sample.path.name
    path.write_bytes(data)
    parts = []
    for part in read(
        path,
        sample.shown_as,
        fmt or sample.fmt,
        business_date=sample.business_date,
        currency_decimals=sample.currency_decimals,
        max_reject_rate=_BAD_LINES_ALLOWED,
    ):
        rows = part.batches.read_all().to_pylist()
        end = part.finish()
        totals = [] if end.totals is None else end.totals.to_pylist()
        parts.append(Understood(part.relation, rows, end.rejected, totals))
    return parts


def fault_or_rows(
    sample: Sample, data: bytes, folder: Path, fmt: Format | None = None
) -> tuple[Fault | None, list[dict[str, Any]]]:
    """The fault that reading ends in, or none and the rows of all parts."""
    try:
        parts = understood(sample, data, folder, fmt)
    except Fault as fault:
        return fault, []
    return None, [row for part in parts for row in part.rows]


def members(data: bytes) -> dict[str, bytes]:
    """What lies inside a zip, a gzip or a plain file, by name; "" where there is none."""
    if data.startswith(_GZIP):
        return {"": gzip.decompress(data)}
    if not data.startswith(_ZIP):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data), metadata_encoding="gb18030") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, change: Change) -> bytes:
    """The file with every member changed, packed as it was."""
    kept = {
        name: new
        for name, content in members(data).items()
        if (new := change(name, content)) is not None
    }
    if data.startswith(_GZIP):
        return gzip.compress(kept[""], mtime=0)
    if not data.startswith(_ZIP):
        return kept[""]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in kept.items():
            archive.writestr(name, content)
    return packed.getvalue()


def text_of(content: bytes) -> tuple[str, str]:
    """A member's text, and its encoding."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise AssertionError("a member that is no text")
