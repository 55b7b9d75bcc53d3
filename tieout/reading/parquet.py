"""Parquet with the columns of a canonical feed, turned into the same text fields as CSV."""

import os
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from tieout.faults import ExitCode, Fault
from tieout.reading.chunk import LINE, Chunk
from tieout.reading.heading import check_columns
from tieout.reading.part import PartDefinition, canonical_part
from tieout.relations import Relation

_ROWS_AT_ONCE = 262_144
_MAGIC = b"PAR1"


def parquet_chunks(part: PartDefinition, path: Path, shown_as: str) -> Iterator[Chunk]:
    """The rows, batch by batch; `line` is the row number.

    Raises Fault: 12 when the file lacks its end mark, 11 when it is no Parquet file, its columns
    are not the feed's, or one has a type that cannot hold its kind exactly (money as a float).
    """
    try:
        with pq.ParquetFile(path) as parquet:
            read = checked_columns(parquet.schema_arrow, part, shown_as)
            narrow = pa.schema([_narrow(parquet.schema_arrow.field(name)) for name in read])
            seen = 0
            for batch in parquet.iter_batches(_ROWS_AT_ONCE, columns=read):
                rows = pa.Table.from_batches([batch]).select(read).cast(narrow)
                frame = pl.DataFrame(pl.from_arrow(rows))
                lines = pl.int_range(seen + 1, pl.len() + seen + 1, dtype=pl.Int64).alias(LINE)
                texts = [_as_text(name, frame.schema[name]) for name in read]
                yield Chunk(frame.select(lines, *texts), [])
                seen += batch.num_rows
    except (pa.ArrowInvalid, OSError) as error:
        with path.open("rb") as stream:
            is_cut = stream.read(len(_MAGIC)) == _MAGIC and not _has_end_mark(path)
        raise Fault(
            "file-cut-short" if is_cut else "file-not-parquet",
            ExitCode.TRUNCATED if is_cut else ExitCode.UNREADABLE,
            where=shown_as,
            found=str(error).splitlines()[0],
            expected="a whole Parquet file",
            action="Have the file delivered again.",
        ) from error


def check_canonical(schema: pa.Schema, relation: Relation, shown_as: str) -> None:
    """Raises Fault (exit 11) unless a Parquet file of these columns is the relation's own."""
    checked_columns(schema, canonical_part(relation), shown_as)


def checked_columns(schema: pa.Schema, part: PartDefinition, shown_as: str) -> list[str]:
    """The columns to read. Raises Fault (exit 11) for columns or types that are not the feed's."""
    check_columns(schema.names, part, shown_as)
    read = [name for name in schema.names if name in part.fields_read]
    for name in read:
        _check_type(name, schema.field(name).type, part, shown_as)
    return read


def _narrow(field: pa.Field) -> pa.Field:
    """Polars stops the whole process at a DECIMAL of more than 38 digits."""
    if pa.types.is_decimal256(field.type):
        return field.with_type(pa.decimal128(38, field.type.scale))
    return field


def _has_end_mark(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(-len(_MAGIC), os.SEEK_END)
        return stream.read() == _MAGIC


def _check_type(name: str, kind: pa.DataType, part: PartDefinition, shown_as: str) -> None:
    allowed = (
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_string_view(kind)
        or pa.types.is_null(kind)
        or (pa.types.is_dictionary(kind) and pa.types.is_string(kind.value_type))
    )
    match part.relation.column(name).kind:
        case "money":
            allowed = allowed or pa.types.is_decimal(kind)
        case "instant":
            allowed = allowed or (pa.types.is_timestamp(kind) and kind.tz is None)
        case "date":
            allowed = allowed or pa.types.is_date32(kind)
        case "integer":
            allowed = allowed or pa.types.is_integer(kind)
    if not allowed:
        raise Fault(
            "column-type-differs",
            ExitCode.UNREADABLE,
            where=f"{shown_as}: {name}",
            found=f"the type {kind}",
            expected="text, or money as DECIMAL, instants as TIMESTAMP without a zone, dates as "
            "DATE, whole numbers as INTEGER",
            action="Correct the export's types.",
        )


def _as_text(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(kind, pl.Datetime):
        return column.dt.to_string("%Y-%m-%d %H:%M:%S%.f")
    if isinstance(kind, pl.Date):
        return column.dt.to_string("%Y-%m-%d")
    text = column.cast(pl.String)
    if isinstance(kind, pl.Decimal):
        return text.str.replace(r"(\.[0-9]*?)0+$", "${1}").str.replace(r"\.$", "")
    return pl.when(text != "").then(text).alias(name)
