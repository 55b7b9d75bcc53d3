"""What every layout turns a file into: rows of text fields, and the lines that are no rows."""

from dataclasses import dataclass

import polars as pl
import pyarrow as pa


@dataclass(frozen=True)
class Reject:
    """A line that could not be read: its number in the file, its text masked, and why.

    `is_total`: a line of totals that are not those of the rows, which leaves the rows readable.
    """

    line: int
    raw: str
    reason: str
    is_total: bool = False


@dataclass(frozen=True)
class Chunk:
    """Some rows of a file: a frame of `line` (Int64) and text fields, null where empty.

    `rejects`: lines that could not even be cut into cells.
    """

    rows: pl.DataFrame
    rejects: list[Reject]


LINE = "line"
"""The column of a chunk that holds the physical line number, 1-based (Parquet: the row's)."""


def arrow_table(frame: pl.DataFrame) -> pa.Table:
    """The frame as Arrow without copying: text as string_view."""
    return frame.to_arrow(compat_level=pl.CompatLevel.newest())
