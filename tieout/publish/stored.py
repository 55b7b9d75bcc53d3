"""What a stored run leaves to the next day: its breaks, and what they carry forward."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

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


def stored_breaks(reports: Path, business_date: date) -> pa.Table | None:
    """The listed breaks of that date's stored run, money as `<name>_minor`; None if none is."""
    path = reports / business_date.isoformat() / "breaks.parquet"
    if not path.exists():
        return None
    table = pq.read_table(path)
    columns = {}
    for name in table.column_names:
        column = table.column(name)
        if pa.types.is_decimal(column.type):
            scale = pa.scalar(10**column.type.scale, pa.decimal128(8, 0))
            columns[f"{name}_minor"] = pc.cast(pc.multiply(column, scale), pa.int64())
        else:
            columns[name] = column
    return pa.table(columns)


def stored_facts(reports: Path, business_date: date) -> pa.Table | None:
    """What that date's stored run carried forward, in columns CARRIED; None if none is stored."""
    path = reports / business_date.isoformat() / "carry_forward.parquet"
    return pq.read_table(path).cast(CARRIED) if path.exists() else None
