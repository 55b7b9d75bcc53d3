"""CSV files: UTF-8 without a byte order mark, a header row always, quotes only where needed.

Lines end in a bare line feed. RFC 4180 writes CRLF; every reader of it takes LF too, and
LF keeps the files friendly to diff, grep and version control.

These are files for machines: identifiers stand as their owners wrote them. A cell that
begins with `=`, `+`, `-`, `@`, tab or carriage return is therefore not defused, and a
spreadsheet may take it for a formula; people should open `report.xlsx` or `report.html` instead.
"""

from pathlib import Path
from types import TracebackType
from typing import Self

import polars as pl
import pyarrow as pa

from tieout.publish.money import MINOR, Currency, in_major_units


class CsvFile:
    """A CSV file written batch by batch, in the order given, in bounded memory.

    Null is an empty cell, booleans are `true` and `false`, dates ISO 8601, instants
    `YYYY-MM-DD HH:MM:SS`, money (`<name>_minor` in the batch) has the currency's decimals.
    """

    def __init__(self, path: Path, schema: pa.Schema, currency: Currency) -> None:
        self._currency = currency
        self._file = path.open("wb")
        header = ",".join(name.removesuffix(MINOR) for name in schema.names)
        self._file.write(header.encode() + b"\n")

    def write(self, batch: pa.RecordBatch) -> None:
        """Append the rows of one batch."""
        frame = pl.from_arrow(in_major_units(batch, self._currency))
        assert isinstance(frame, pl.DataFrame)
        frame.write_csv(
            self._file,
            include_header=False,
            quote_style="necessary",
            datetime_format="%Y-%m-%d %H:%M:%S",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
