"""Rows of text fields become typed columns; a row with any bad cell becomes a reject."""

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal

import polars as pl

from tieout.reading.cell import Cell, found
from tieout.reading.cells import polars_type
from tieout.reading.chunk import LINE, Chunk, Reject
from tieout.reading.filling import cell
from tieout.reading.masking import (
    is_no_word_of_ours,
    is_of_a_person,
    masked_digits,
    masked_found,
    masked_line,
)
from tieout.reading.rules import FileFacts, Rule
from tieout.relations import Column

_GOOD = "\0good"
_BOUNDED = ("money", "integer")
_FIGURES = ("money", "integer", "date", "instant")


class Typing:
    """The expressions for one relation, made once and applied to every chunk of a file."""

    def __init__(
        self,
        columns: Sequence[Column],
        fill: Mapping[str, Rule],
        facts: FileFacts,
        currencies: Sequence[str] = (),
        *,
        may_lack_currency: bool = False,
    ) -> None:
        self.schema = pl.Schema(
            {LINE: pl.Int64(), **{c.loaded_name: polars_type(c.kind) for c in columns}}
        )
        cells = [(c, cell(fill[c.name], c, facts)) for c in columns if c.name in fill]
        values = {column.loaded_name: read.value for column, read in cells}
        self._columns = [
            values.get(name, pl.lit(None)).cast(kind).alias(name)
            for name, kind in self.schema.items()
            if name != LINE
        ]
        is_own, foreign = _own_currency(currencies, facts.currency, may_lack_currency)
        self._is_sound = pl.all_horizontal([is_own, *(read.ok for _, read in cells)])
        self._required = [c.loaded_name for c, _ in cells if c.required]
        self._below = {c.loaded_name: c.below for c, _ in cells if c.kind in _BOUNDED}
        self._reason = pl.concat_str(
            [foreign, *(_reason(column, read, facts) for column, read in cells)],
            separator="; ",
            ignore_nulls=True,
        )
        self._free_text = {
            name: pl.col(name).str.extract(search.pattern)
            for rule in fill.values()
            for name, search in rule.looked_into()
        }
        figures = {name for rule in fill.values() for name in rule.digits_read()}
        for column, _ in cells:
            if column.kind in _FIGURES:
                figures.update(fill[column.name].texts_read())
        figures -= self._free_text.keys()
        own_words = {
            name
            for column, _ in cells
            # a file's words for ours may be of any script
            if column.words and not fill[column.name].words
            for name in fill[column.name].fields
        }
        self._has_moved = pl.any_horizontal(
            [
                pl.lit(False),
                *map(is_of_a_person, sorted(figures)),
                *map(is_no_word_of_ours, sorted(own_words)),
            ]
        )
        self._cards = {
            name: read.value
            for column, read in cells
            if column.kind == "card"
            for name in fill[column.name].fields
        }

    def apply(self, chunk: Chunk) -> tuple[pl.DataFrame, list[Reject]]:
        """The good rows typed as `schema`, and the chunk's rejects with the bad rows added."""
        cells = chunk.rows.lazy()
        typed = cells.select(LINE, *self._columns, self._is_sound.alias(_GOOD)).collect()
        is_good = typed.drop_in_place(_GOOD)
        for name in self._required:
            if typed[name].null_count():
                is_good &= typed[name].is_not_null()
        for name, below in self._below.items():
            is_good &= typed[name].is_between(-below, below, closed="none").fill_null(True)
        if is_good.all():
            return typed, chunk.rejects
        bad = chunk.rows.filter(~is_good)
        reasons, moved = bad.select(self._reason.alias("r"), self._has_moved.alias("m"))
        hidden = {**self._free_text, **self._cards}
        shown = bad.with_columns(value.alias(name) for name, value in hidden.items())
        rejects = []
        for (line, *texts), reason, has_moved in zip(shown.rows(), reasons, moved, strict=True):
            # with a word where a figure or one of ours should be, a name may stand in any cell
            hide, tell = (masked_line, masked_found) if has_moved else (masked_digits,) * 2
            rejects.append(Reject(line, hide(_joined(texts)), tell(reason)))
        return typed.filter(is_good), chunk.rejects + rejects


def _own_currency(fields: Sequence[str], currency: str, may_lack: bool) -> tuple[pl.Expr, pl.Expr]:
    """Whether a line is in the workspace's currency, and the complaint if it is not.

    Amounts of two currencies must never be summed, so a line in another one is a bad line. Of
    several fields each that is filled must name it, and one must be filled unless they may lack.
    """
    if not fields or not currency:
        return pl.lit(True), pl.lit(None, pl.String)
    foreign = [
        pl.when(pl.col(field).str.to_uppercase() != currency).then(field) for field in fields
    ]
    told = pl.coalesce([*foreign, *fields])
    is_own = (told.str.to_uppercase() == currency).fill_null(may_lack)
    complaint = pl.concat_str(pl.lit("currency: "), found(told, f"{currency}, the workspace's"))
    return is_own, pl.when(~is_own).then(complaint)


def _reason(column: Column, read: Cell, facts: FileFacts) -> pl.Expr:
    prefix = pl.lit(f"{column.name}: ")
    reasons = [pl.when(~read.ok).then(pl.concat_str(prefix, read.complaint))]
    if column.kind in _BOUNDED:
        decimals = facts.currency_decimals if column.kind == "money" else 0
        below = Decimal(column.below).scaleb(-decimals)
        # what was found is not told: it may be the number of a card or a phone
        too_large = pl.lit(f"{column.name}: too large, expected less than {below:,f}")
        reasons.append(pl.when(read.value.abs() >= column.below).then(too_large))
    if column.required:
        empty = pl.lit(f"{column.name}: empty, expected a value")
        reasons.append(pl.when(read.value.is_null()).then(empty))
    return pl.coalesce(reasons)


def _joined(cells: Sequence[str | None]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()
