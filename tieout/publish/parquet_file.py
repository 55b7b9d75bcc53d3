"""Parquet files whose bytes depend on their rows alone, however the batches are cut."""

from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from tieout.publish.money import MINOR, Currency, in_major_units

ROW_GROUP_ROWS = 131_072


def _words(schema: pa.Schema) -> list[str]:
    """The columns that repeat few values: a dictionary of identifiers costs a third more time."""
    return [
        field.name
        for field in schema
        if pa.types.is_string(field.type) and not field.name.endswith(("_id", "_ref", "_no"))
    ]


class ParquetFile:
    """A Parquet file written in row groups of ROW_GROUP_ROWS, in the order given.

    Money (`<name>_minor` in the batch) becomes decimal128(18, the currency's decimals).
    """

    def __init__(self, path: Path, schema: pa.Schema, currency: Currency) -> None:
        self._currency = currency
        self._waiting: list[pa.RecordBatch] = []
        self._waiting_rows = 0
        money = pa.decimal128(18, currency.decimals)
        self._schema = pa.schema(
            pa.field(
                field.name.removesuffix(MINOR), money if field.name.endswith(MINOR) else field.type
            )
            for field in schema
        )
        self._writer = pq.ParquetWriter(
            path, self._schema, compression="zstd", use_dictionary=_words(self._schema)
        )

    def write(self, batch: pa.RecordBatch) -> None:
        """Append the rows of one batch."""
        self._waiting.append(in_major_units(batch, self._currency).cast(self._schema))
        self._waiting_rows += batch.num_rows
        while self._waiting_rows >= ROW_GROUP_ROWS:
            self._write_group(ROW_GROUP_ROWS)

    def _write_group(self, rows: int) -> None:
        waiting = pa.Table.from_batches(self._waiting, self._schema)
        self._writer.write_table(waiting.slice(0, rows), row_group_size=rows)
        self._waiting = waiting.slice(rows).to_batches()
        self._waiting_rows -= rows

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None and self._waiting_rows:
                self._write_group(self._waiting_rows)
        finally:
            self._writer.close()
