"""Rows of a file that are no rows of its relation: closed orders, a schedule's row 0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from tieout.reading.chunk import Chunk
from tieout.reading.toml_table import TomlTable

_NOT = ("not",)


@dataclass(frozen=True)
class LeftOut:
    """A row is left out when every field holds one of its `texts` and none of its `others`.

    Both map a field to texts; "" is an empty field.
    """

    texts: Mapping[str, tuple[str, ...]]
    others: Mapping[str, tuple[str, ...]]

    def fields_read(self) -> frozenset[str]:
        """The fields this looks at."""
        return frozenset(self.texts) | frozenset(self.others)

    def takes(self, row: Mapping[str, str | None]) -> bool:
        """Whether it leaves out this one row."""
        return all((row.get(name) or "") in texts for name, texts in self.texts.items()) and all(
            (row.get(name) or "") not in texts for name, texts in self.others.items()
        )


def parse_left_out(values: Mapping[str, Any], where: str) -> LeftOut:
    """From TOML: field = text, texts, or `{ not = texts }`. Raises Fault (exit 2) otherwise."""
    table = TomlTable(values, where, tuple(values))
    texts: dict[str, tuple[str, ...]] = {}
    others: dict[str, tuple[str, ...]] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            others[name] = TomlTable(value, f"{where}: {name}", _NOT).take_texts("not")
        else:
            texts[name] = table.take_texts(name)
    return LeftOut(texts, others)


def without_left_out(chunk: Chunk, left_out: Sequence[LeftOut]) -> Chunk:
    """The chunk without the rows that one of these leaves out."""
    if not left_out:
        return chunk
    is_out = pl.any_horizontal([_fits(one) for one in left_out])
    return Chunk(chunk.rows.filter(~is_out), chunk.rejects)


def _fits(left_out: LeftOut) -> pl.Expr:
    held = [_text(name).is_in(texts) for name, texts in left_out.texts.items()]
    others = [~_text(name).is_in(texts) for name, texts in left_out.others.items()]
    return pl.all_horizontal([*held, *others])


def _text(name: str) -> pl.Expr:
    return pl.col(name).fill_null("")
