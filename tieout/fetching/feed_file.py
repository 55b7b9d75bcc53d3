"""The rows of a query become a canonical Parquet file of a feed (contract section 4).

Only exact changes are made: an identifier that is a whole number becomes its digits, an instant
with a zone becomes local time, a fraction of a second falls away. A whole card number never
reaches the disk, and what is never loaded is not written either.
"""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tieout.feeds import NEVER_LOADED, Feed
from tieout.fetching.databases import Session, rows_of
from tieout.words import Kind

CheckColumns = Callable[[pa.Schema], object]
"""Raises Fault (exit 11) for columns or types that are not the feed's."""

_CARD_PUNCTUATION = "[ -]"
_WHOLE_CARD = r"^([0-9]{6})[0-9]+([0-9]{4})$"


def write_feed(
    path: Path,
    session: Session,
    select: str,
    feed: Feed,
    time_zone: str,
    check: CheckColumns,
    where: str,
) -> None:
    """Write a query's rows in the order of the feed's key.

    The same rows give the same bytes. Raises Fault: exit 11 when the columns or types are not
    the feed's, exit 16 when the query fails.
    """
    inner = f"select * from (\n{select.strip().rstrip(';')}\n) as fetched"
    expected = f"a select of the columns of {feed.name} that the database can run"
    none, *_ = rows_of(session, f"{inner} limit 0", expected, where)
    schema = canonical(none, feed, time_zone).schema
    check(schema)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        in_order = f"{inner} order by {', '.join(feed.key)}"
        for table in rows_of(session, in_order, expected, where):
            writer.write_table(canonical(table, feed, time_zone).cast(schema))


def canonical(table: pa.Table, feed: Feed, time_zone: str) -> pa.Table:
    """The rows as the feed's canonical file holds them; an unknown column stays as it is."""
    kinds = {column.name: column.kind for column in feed.columns}
    columns = {
        name: _canonical_column(column, kinds.get(name), time_zone)
        for name, column in zip(table.column_names, table.columns, strict=True)
        if name not in NEVER_LOADED
    }
    columns |= {name: pa.nulls(table.num_rows) for name in kinds if name in NEVER_LOADED}
    return pa.table(columns)


def _canonical_column(
    column: pa.ChunkedArray, kind: Kind | None, time_zone: str
) -> pa.ChunkedArray:
    if isinstance(column.type, pa.OpaqueType):
        column = column.cast(column.type.storage_type)
    if pa.types.is_timestamp(column.type) and kind == "instant":
        if column.type.tz is not None:
            column = pc.local_timestamp(column.cast(pa.timestamp("us", time_zone)))
        return pc.floor_temporal(column, unit="second").cast(pa.timestamp("us"))
    if pa.types.is_integer(column.type) and kind in ("text", "code"):
        return column.cast(pa.string())
    if kind == "card" and (
        pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    ):
        bare = pc.replace_substring_regex(column, _CARD_PUNCTUATION, "")
        return pc.replace_substring_regex(bare, _WHOLE_CARD, r"\1******\2")
    return column
