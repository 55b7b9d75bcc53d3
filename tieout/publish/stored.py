"""What a stored run leaves to the next day: its breaks, their facts, and the trend."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tieout.stored_files import as_a_run_wrote, stored_rows, stored_table

CARRIED = pa.schema(
    [
        ("break_id", pa.string()),
        ("category", pa.string()),
        ("subject", pa.string()),
        ("facts", pa.string()),
        ("facts_since", pa.date32()),
    ]
)
"""carry_forward.parquet: of every break the word of its facts, and since when they are these."""


INPUTS = pa.schema([("member", pa.string()), ("sha256", pa.string())])
"""Of every file that a stored run read: its member, empty outside archives, and its hash."""


def stored_breaks(reports: Path, business_date: date) -> pa.Table | None:
    """The listed breaks of that date's stored run, money as `<name>_minor`; None if none is."""
    path = reports / business_date.isoformat() / "breaks.parquet"
    if not path.exists():
        return None
    table = stored_table(path)
    columns = {}
    for name in table.column_names:
        column = table.column(name)
        if pa.types.is_decimal(column.type):
            columns[f"{name}_minor"] = _minor(column)
        else:
            columns[name] = column
    return pa.table(columns)


def stored_facts(reports: Path, business_date: date) -> pa.Table | None:
    """What that date's stored run carried forward, in columns CARRIED; None if none is stored."""
    path = reports / business_date.isoformat() / "carry_forward.parquet"
    if not path.exists():
        return None
    with as_a_run_wrote(path):
        return stored_table(path).select(CARRIED.names).cast(CARRIED)


def stored_inputs(reports: Path, business_date: date) -> pa.Table:
    """The files that date's stored run read, in columns INPUTS; no rows if none is stored."""
    path = reports / business_date.isoformat() / "summary.json"
    if not path.exists():
        return INPUTS.empty_table()
    with as_a_run_wrote(path):
        read = stored_rows(path, "inputs")
        return pa.Table.from_pylist(
            [{name: row[name] for name in INPUTS.names} for row in read], INPUTS
        )


def stored_digest(reports: Path, business_date: date) -> str:
    """A hash of all that the next day reads of that date's stored run, or of there being none."""
    told = hashlib.sha256(repr(stored_trend(reports, business_date)).encode())
    told.update(repr(stored_inputs(reports, business_date).to_pylist()).encode())
    for name in ("breaks.parquet", "carry_forward.parquet"):
        path = reports / business_date.isoformat() / name
        told.update(hashlib.sha256(path.read_bytes()).digest() if path.exists() else b"none")
    return told.hexdigest()


def stored_trend(reports: Path, business_date: date) -> list[dict[str, Any]]:
    """The points of the trend up to that date's stored run, oldest first; none if none is."""
    path = reports / business_date.isoformat() / "summary.json"
    return stored_rows(path, "trend") if path.exists() else []


def _minor(money: pa.ChunkedArray) -> pa.ChunkedArray:
    """Major units as decimals -> BIGINT minor units: the same digits without the point."""
    whole = pa.decimal128(money.type.precision, 0)
    return pa.chunked_array(
        [pc.cast(chunk.view(whole), pa.int64()) for chunk in money.chunks], pa.int64()
    )
