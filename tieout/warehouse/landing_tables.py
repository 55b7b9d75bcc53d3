"""How landing.<feed> and the log of files are laid out in warehouse.duckdb.

A file laid out otherwise, by another version or by whatever befell it, is laid out anew and
without rows: it is a cache.
"""

import hashlib

import duckdb
import pyarrow as pa

from tieout.feeds import FEEDS, NEVER_LOADED, Feed
from tieout.words import Kind

_ARROW_TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "code": pa.string(),
    "card": pa.string(),
    "money": pa.int64(),
    "instant": pa.timestamp("us"),
    "date": pa.date32(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
}

# Cells that hardly repeat gain little from a dictionary, and looking for one is half the insert.
_UNREPEATED = frozenset(
    column.name
    for feed in FEEDS.values()
    for column in feed.columns
    if column.kind in ("text", "card")
)
_LAYOUT_TABLE = "layout"
"""The table that tells how the others are laid out."""

_UNCOMPRESSED = " using compression uncompressed"

FILES = pa.schema(
    [
        ("file_id", pa.int32()),
        ("path", pa.string()),
        ("member", pa.string()),
        ("source", pa.string()),
        ("format", pa.string()),
        ("lender", pa.string()),
        ("channel", pa.string()),
        ("relation", pa.string()),
        ("business_date", pa.date32()),
        ("status", pa.string()),
        ("sha256", pa.string()),
        ("how", pa.string()),
        ("identity", pa.string()),
        ("lines", pa.int64()),
        ("rejected", pa.int64()),
    ]
)

_REJECTS = pa.schema(
    [("file_id", pa.int32()), ("line", pa.int64()), ("raw", pa.string()), ("reason", pa.string())]
)


def feed_schema(feed: Feed) -> pa.Schema:
    """The columns of landing.<feed>: file_id, line, then the feed's, money as `_minor`."""
    return pa.schema(
        [("file_id", pa.int32()), ("line", pa.int64())]
        + [
            (column.loaded_name, _ARROW_TYPES[column.kind])
            for column in feed.columns
            if column.name not in NEVER_LOADED
        ]
    )


LANDING_TABLES = {feed.name: feed_schema(feed) for feed in FEEDS.values()} | {
    "files": FILES,
    "rejects": _REJECTS,
}
"""Every table of landing, with its columns."""


def lay_out(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of the file attached as `warehouse`, unless they are there."""
    connection.execute("create schema if not exists warehouse.landing")
    if _known_layout(connection) == _layout():
        return
    connection.begin()
    connection.execute("drop schema warehouse.landing cascade")
    connection.execute("create schema warehouse.landing")
    tables = LANDING_TABLES | {_LAYOUT_TABLE: pa.schema([("sha256", pa.string())])}
    for name, schema in tables.items():
        empty = connection.from_arrow(schema.empty_table())
        columns = ", ".join(
            f'"{column}" {kind}' + _UNCOMPRESSED * (column in _UNREPEATED)
            for column, kind in zip(empty.columns, empty.types, strict=True)
        )
        connection.execute(f"create table warehouse.landing.{name} ({columns})")
    layout = pa.table({"sha256": [_layout()]})
    connection.from_arrow(layout).insert_into(f"warehouse.landing.{_LAYOUT_TABLE}")
    connection.commit()


def _layout() -> str:
    described = "\n".join(f"{name}: {schema}" for name, schema in sorted(LANDING_TABLES.items()))
    return hashlib.sha256(described.encode()).hexdigest()


def _known_layout(connection: duckdb.DuckDBPyConnection) -> str | None:
    tables = connection.execute(
        "select table_name from duckdb_tables() "
        "where database_name = 'warehouse' and schema_name = 'landing'"
    ).fetchall()
    if {name for (name,) in tables} != {*LANDING_TABLES, _LAYOUT_TABLE}:
        return None
    known = connection.execute(f"select sha256 from warehouse.landing.{_LAYOUT_TABLE}")
    return next((sha256 for (sha256,) in known.fetchall()), None)
