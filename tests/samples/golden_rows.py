"""The rows that a sample workspace's files are read into, as CSV texts to compare.

A workspace of sample files is one that has `expected/rows/`: one CSV for each relation that a
file of its inbox fills, `<base name of the file>.<relation>.csv`, and `.rejects.csv` for the
lines that could not be read. Columns: the member, the line, then the relation's as landed.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

from tieout import inbox, settings
from tieout.reading import load_formats, read

SAMPLES = Path(__file__).parents[2] / "data_samples"
ROWS = Path("expected", "rows")


def workspaces() -> list[Path]:
    """Every workspace of sample files."""
    return sorted(folder.parent.parent for folder in SAMPLES.glob(f"*/{ROWS}"))


def formats_shown(workspace: Path) -> set[str]:
    """The formats that some file of the inbox is in."""
    return {delivery.source.format for delivery in _deliveries(workspace)}


def rows_read(workspace: Path) -> dict[str, str]:
    """Of every relation of every file: the name of its golden CSV and the rows as read now.

    Raises Fault when a file cannot be read, or is claimed by no source or by two.
    """
    loaded = settings.load(workspace)
    formats = load_formats(loaded.site_formats)
    found: dict[str, str] = {}
    for delivery in _deliveries(workspace):
        tables: dict[str, list[tuple[str, pa.Table]]] = defaultdict(list)
        for part in read(
            loaded.inbox / delivery.path,
            f"inbox/{delivery.path}",
            formats[delivery.source.format],
            business_date=delivery.business_date,
            currency_decimals=loaded.currency_decimals,
            max_reject_rate=loaded.max_reject_rate,
            currency=loaded.currency,
            time_zone=loaded.time_zone,
        ):
            tables[part.relation].append((part.member, part.batches.read_all()))
            end = part.finish()
            if end.totals is not None:
                tables["settlement_totals"].append((part.member, end.totals))
            if end.rejected:
                tables["rejects"].append((part.member, end.rejects))
        for relation, parts in tables.items():
            name = f"{delivery.base_name}.{relation}.csv"
            assert name not in found, f"two files named {delivery.base_name}"
            found[name] = _as_csv(parts)
    return found


def rows_expected(workspace: Path) -> dict[str, str]:
    """The golden CSVs by name."""
    folder = workspace / ROWS
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.csv"))}


def accept(workspace: Path) -> None:
    """Make what is read now the golden rows."""
    folder = workspace / ROWS
    found = rows_read(workspace)
    for old in folder.glob("*.csv"):
        old.unlink()
    for name, text in found.items():
        (folder / name).write_text(text, encoding="utf-8")


def _deliveries(workspace: Path) -> list[inbox.Delivery]:
    loaded = settings.load(workspace)
    formats = load_formats(loaded.site_formats)
    every = inbox.deliveries(
        loaded, lambda source, base_name: formats[source.format].business_date(base_name)
    )
    return [delivery for delivery in every if delivery.standing == "latest"]


def _as_csv(parts: Iterable[tuple[str, pa.Table]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    columns: list[str] = []
    for member, table in parts:
        if not columns:
            columns = table.column_names
            writer.writerow(["member", *columns])
        rows: list[dict[str, Any]] = table.to_pylist()
        writer.writerows([member, *(row.get(name) for name in columns)] for row in rows)
    return text.getvalue()
