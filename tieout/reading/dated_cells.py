"""Days and instants as files write them, in patterns of strptime."""

import re

import polars as pl

from tieout.reading.cell import Cell, found, is_of_our_era, is_spelt
from tieout.reading.spelling import digits, in_places, literal, matches

INSTANT_PATTERN = "%Y-%m-%d %H:%M:%S"
DATE_PATTERN = "%Y-%m-%d"

_FIXED_WIDTHS = {
    "%Y": digits(4),
    "%y": digits(2),
    "%m": digits(2),
    "%d": digits(2),
    "%H": digits(2),
    "%M": digits(2),
    "%S": [*digits(1, highest=5), *digits(1)],
}
_DIRECTIVES = {
    "%Y": ("[0-9]{4}", "YYYY"),
    "%y": ("[0-9]{2}", "YY"),
    "%m": ("[0-9]{2}", "MM"),
    "%d": ("[0-9]{2}", "DD"),
    "%H": ("[0-9]{2}", "HH"),
    "%M": ("[0-9]{2}", "MM"),
    "%S": ("[0-5][0-9]", "SS"),
    "%-m": ("[0-9]{1,2}", "M"),
    "%-d": ("[0-9]{1,2}", "D"),
    "%-H": ("[0-9]{1,2}", "H"),
}


def date_cell(raw: pl.Expr, pattern: str = DATE_PATTERN) -> Cell:
    """A real calendar date in exactly the given pattern."""
    value = raw.str.to_date(pattern, strict=False)
    return Cell(
        value,
        _is_dated(raw, pattern) & is_of_our_era(value, raw),
        found(raw, f"a calendar date as {_spoken(pattern)}"),
    )


def instant_cell(raw: pl.Expr, pattern: str = INSTANT_PATTERN) -> Cell:
    """A local instant to the second in exactly the given pattern, without a zone.

    A pattern without hours is a day, and its instant the day's first.
    """
    if not re.search("%-?H", pattern):
        day = date_cell(raw, pattern)
        return Cell(day.value.cast(pl.Datetime("us")), day.ok, day.complaint)
    value = raw.str.to_datetime(pattern, strict=False, time_unit="us", cache=False)
    return Cell(
        value,
        _is_dated(raw, pattern) & is_of_our_era(value, raw),
        found(raw, f"a time as {_spoken(pattern)}"),
    )


def instant_without_year_cell(raw: pl.Expr, pattern: str, near: pl.Expr) -> Cell:
    """An instant whose text has no year, put in the year that brings it nearest to a date.

    `near` is the date; more than six months ahead means the year before, and the reverse, so
    that 31 December read beside 1 January is yesterday (formats without a year: UnionPay ZM).
    """
    year = near.dt.year()
    month = _dated(year, raw, pattern).dt.month().cast(pl.Int32)
    if pattern.startswith("%m"):
        month = raw.str.slice(0, 2).cast(pl.Int32, strict=False)
    ahead = month - near.dt.month().cast(pl.Int32)
    years = pl.when(ahead > 6).then(-1).when(ahead < -6).then(1).otherwise(0)
    value = _dated(year + years, raw, pattern)
    return Cell(
        value,
        _is_dated(raw, pattern) & is_of_our_era(value, raw),
        found(raw, f"a time as {_spoken(pattern)}"),
    )


def _dated(year: pl.Expr, raw: pl.Expr, pattern: str) -> pl.Expr:
    return instant_cell(pl.concat_str(year.cast(pl.String), raw), f"%Y{pattern}").value


def _is_dated(raw: pl.Expr, pattern: str) -> pl.Expr:
    """Whether the text has the digits of a pattern; null has."""
    parts = re.split("(%-?[A-Za-z])", pattern)
    if any(part.startswith("%") and part not in _FIXED_WIDTHS for part in parts):
        return is_spelt(raw, _digits_of(pattern))
    spelt = in_places([place for part in parts for place in _FIXED_WIDTHS.get(part, literal(part))])
    return matches(raw, _digits_of(pattern), spelt)


def _digits_of(pattern: str) -> str:
    parts = re.split("(%-?[A-Za-z])", pattern)
    return f"^{''.join(_DIRECTIVES[p][0] if p in _DIRECTIVES else re.escape(p) for p in parts)}$"


def _spoken(pattern: str) -> str:
    for directive, (_, word) in _DIRECTIVES.items():
        pattern = pattern.replace(directive, word)
    return pattern
