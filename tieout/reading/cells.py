"""From the text of a cell to its value, strictly: what a kind accepts and what it says if not.

Everything is a polars expression over a whole block of rows; no cell is visited in Python.
Accepted spellings: contract section 4 (feeds) and section 5 (reference tables).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from tieout.reading.cell import Cell, found, is_spelt
from tieout.reading.dated_cells import date_cell, instant_cell
from tieout.reading.masking import masked_card
from tieout.reading.spelling import all_digits, decimal, holds, matches
from tieout.words import Kind

RATE_DECIMALS = 10

_WHOLE = all_digits(1, 18)
_GROUPED = r"^[^0-9]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$"
_TIME_OF_DAY = r"^(?:[01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"


@dataclass(frozen=True)
class MoneySpelling:
    """How a file writes money.

    `decimals`: the most the file may write, whatever the currency's own; `signs` maps a leading
    mark to 1 or -1 when the file does not write a plain minus, and then only zero goes unmarked.
    """

    currency_decimals: int
    decimals: int
    is_minor: bool = False
    has_thousands: bool = False
    signs: Mapping[str, int] | None = None


def text_cell(raw: pl.Expr) -> Cell:
    """Verbatim text."""
    return Cell(raw, pl.lit(True), pl.lit(None, pl.String))


def code_cell(raw: pl.Expr, words: tuple[str, ...]) -> Cell:
    """One of `words`, or any code when there is no list."""
    if not words:
        return text_cell(raw)
    return Cell(
        raw,
        pl.any_horizontal(raw == word for word in words).fill_null(True),
        found(raw, "one of " + ", ".join(words)),
    )


def card_cell(raw: pl.Expr) -> Cell:
    """A card number, masked."""
    return Cell(masked_card(raw), pl.lit(True), pl.lit(None, pl.String))


def integer_cell(raw: pl.Expr, *, has_thousands: bool = False) -> Cell:
    """A whole number of up to 18 digits."""
    number, grouped = _ungrouped(raw) if has_thousands else (raw, pl.lit(True))
    return Cell(
        number.cast(pl.Int64, strict=False),
        matches(number, "^-?[0-9]{1,18}$", _WHOLE) & grouped,
        found(raw, "a whole number"),
    )


def money_cell(raw: pl.Expr, spelling: MoneySpelling) -> Cell:
    """An amount in minor units. An amount that is not a whole minor unit is refused."""
    number, grouped = _ungrouped(raw) if spelling.has_thousands else (raw, pl.lit(True))
    minus = "-?" if spelling.signs is None else ""
    sign: pl.Expr = pl.lit(1)
    sign_ok: pl.Expr = grouped
    if spelling.signs is not None:
        mark = number.str.slice(0, 1)
        has_mark = mark.is_in(list(spelling.signs))
        sign = mark.replace_strict(dict(spelling.signs), default=1, return_dtype=pl.Int64)
        number = pl.when(has_mark).then(number.str.slice(1)).otherwise(number)
        sign_ok = grouped & (has_mark | number.str.contains("^[0.]+$"))
    if spelling.is_minor:
        return Cell(
            number.cast(pl.Int64, strict=False) * sign,
            matches(number, f"^{minus}[0-9]{{1,18}}$", _WHOLE) & sign_ok.fill_null(True),
            found(raw, "a whole number of minor units"),
        )
    decimals = max(spelling.decimals, spelling.currency_decimals)
    scaled = number.cast(pl.Decimal(38, decimals), strict=False).to_physical()
    whole = 10 ** (decimals - spelling.currency_decimals)
    fraction = rf"(?:\.[0-9]{{1,{spelling.decimals}}})?" if spelling.decimals else ""
    usual = decimal(15, spelling.decimals) if spelling.decimals else all_digits(1, 15)
    ok = matches(number, f"^{minus}[0-9]{{1,15}}{fraction}$", usual) & sign_ok.fill_null(True)
    if whole > 1:
        ok = ok & (scaled % whole == 0).fill_null(True)
        scaled = scaled // whole
    return Cell(
        scaled.cast(pl.Int64, strict=False) * sign,
        ok,
        pl.when(number.str.contains(r"^-?[0-9]{1,15}\.[0-9]+$"))
        .then(found(raw, _decimals_allowed(spelling.currency_decimals)))
        .otherwise(found(raw, "an amount such as " + _example(spelling.currency_decimals))),
    )


def _ungrouped(raw: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The number without its commas, and whether they part it into groups of three.

    A comma elsewhere is somebody's decimal point, or a digit too few.
    """

    def without(texts: pl.Series) -> pl.Series:
        return texts.str.replace_all(",", "", literal=True) if holds(texts, b",") else texts

    def judged(texts: pl.Series) -> pl.Series:
        if not holds(texts, b","):
            return pl.repeat(True, texts.len(), dtype=pl.Boolean, eager=True)
        has_comma = texts.str.contains(",", literal=True)
        return (~has_comma | texts.str.contains(_GROUPED)).fill_null(True)

    number = raw.map_batches(without, return_dtype=pl.String, is_elementwise=True)
    return number, raw.map_batches(judged, return_dtype=pl.Boolean, is_elementwise=True)


def rate_cell(raw: pl.Expr) -> Cell:
    """An exact decimal number with at most ten decimals."""
    return Cell(
        raw.cast(pl.Decimal(18, RATE_DECIMALS), strict=False),
        is_spelt(raw, rf"^-?[0-9]{{1,8}}(?:\.[0-9]{{1,{RATE_DECIMALS}}})?$"),
        found(raw, "a number such as 0.0005"),
    )


def time_of_day_cell(raw: pl.Expr) -> Cell:
    """`HH:MM`, and 24:00 for the midnight that ends a day; stays text."""
    return Cell(raw, is_spelt(raw, _TIME_OF_DAY), found(raw, "a time of day as HH:MM"))


def boolean_cell(raw: pl.Expr) -> Cell:
    """`true` or `false`."""
    return Cell(raw == "true", is_spelt(raw, "^(?:true|false)$"), found(raw, "true or false"))


def canonical_cell(
    raw: pl.Expr, kind: Kind, words: tuple[str, ...], currency_decimals: int
) -> Cell:
    """The cell of a kind, spelt the canonical way."""
    match kind:
        case "text":
            return text_cell(raw)
        case "code":
            return code_cell(raw, words)
        case "card":
            return card_cell(raw)
        case "money":
            return money_cell(raw, MoneySpelling(currency_decimals, currency_decimals))
        case "instant":
            return instant_cell(raw)
        case "date":
            return date_cell(raw)
        case "time_of_day":
            return time_of_day_cell(raw)
        case "integer":
            return integer_cell(raw)
        case "boolean":
            return boolean_cell(raw)
        case "rate":
            return rate_cell(raw)


def polars_type(kind: Kind) -> pl.DataType:
    """The type a kind has once read."""
    match kind:
        case "money" | "integer":
            return pl.Int64()
        case "instant":
            return pl.Datetime("us")
        case "date":
            return pl.Date()
        case "boolean":
            return pl.Boolean()
        case "rate":
            return pl.Decimal(18, RATE_DECIMALS)
        case "text" | "code" | "card" | "time_of_day":
            return pl.String()


def _decimals_allowed(decimals: int) -> str:
    return f"at most {decimals} decimals" if decimals else "no decimals"


def _example(decimals: int) -> str:
    return "1625" + ("." + "0" * decimals if decimals else "")
