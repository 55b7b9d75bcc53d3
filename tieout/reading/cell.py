"""What becomes of the text of a cell, and how a bad one is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl


@dataclass(frozen=True)
class Cell:
    """One column to be: its value, whether the text was acceptable, and the complaint if not.

    `value` is null for an empty cell, and `ok` is then true: whether a value is required is the
    column's business. `ok` is never null. `complaint` is text without the column's name and is
    only evaluated on bad rows.
    """

    value: pl.Expr
    ok: pl.Expr
    complaint: pl.Expr


def found(raw: pl.Expr, expected: str) -> pl.Expr:
    """The complaint `found "<text>", expected <what>`, the text cut to 40 characters."""
    return pl.concat_str(
        pl.lit('found "'),
        raw.str.slice(0, 40),
        pl.lit(f'", expected {expected}'),
        ignore_nulls=True,
    )


def first_that_fits(cells: Sequence[Cell]) -> Cell:
    """The first of several readings of one text that accepts it; the first's complaint if none."""
    if len(cells) == 1:
        return cells[0]
    return Cell(
        pl.coalesce([pl.when(each.ok).then(each.value) for each in cells]),
        pl.any_horizontal([each.ok for each in cells]),
        cells[0].complaint,
    )


def is_of_our_era(value: pl.Expr, raw: pl.Expr) -> pl.Expr:
    """Whether the text was read as a day or an instant since the year 1; null is."""
    return (value >= date.min).fill_null(raw.is_null())


def is_spelt(raw: pl.Expr, pattern: str) -> pl.Expr:
    """Whether the text is of a pattern; null is."""
    return raw.str.contains(pattern).fill_null(True)
