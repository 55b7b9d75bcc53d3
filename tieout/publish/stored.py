"""The breaks of a stored run, read back from its breaks.parquet."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq


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
