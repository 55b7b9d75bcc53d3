"""Columns by name and kind: what feeds and reference tables are made of."""

from dataclasses import dataclass

from tieout.words import Kind

AMOUNTS_BELOW = 10**16
"""Minor units of one debit, posting or charge: more than a floating number can tell apart, and
so little that a hundred of them can be told in eighteen digits, as many as reports give."""

SUMS_BELOW = 10**17
"""Minor units of a figure that others added up, such as a declared total or a balance."""

SPANS_BELOW = 10**5
"""Days or hours that are counted from a date: where that leads is a date too."""


@dataclass(frozen=True)
class Column:
    """One column. `required`: an empty cell is a bad line. `words`: the only words allowed.

    `below`: a number (of minor units, for money) from there up, or as far below zero, is a bad
    cell.
    """

    name: str
    kind: Kind
    required: bool = False
    words: tuple[str, ...] = ()
    below: int = SUMS_BELOW

    @property
    def loaded_name(self) -> str:
        """The name once read: money carries its unit."""
        return f"{self.name}_minor" if self.kind == "money" else self.name


@dataclass(frozen=True)
class Relation:
    """Named columns and the key that identifies a row."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def required(name: str, kind: Kind, *words: str) -> Column:
    """A column whose cells are never empty."""
    return Column(name, kind, required=True, words=words)


def amount(name: str, *, is_required: bool = True) -> Column:
    """The money of one debit, posting or charge, that sums are made of."""
    return Column(name, "money", is_required, below=AMOUNTS_BELOW)


def span(name: str, *, is_required: bool = True) -> Column:
    """A number of days or hours, counted from a date that stands elsewhere."""
    return Column(name, "integer", is_required, below=SPANS_BELOW)


def optional(name: str, kind: Kind, *words: str) -> Column:
    """A column whose cells may be empty."""
    return Column(name, kind, required=False, words=words)
