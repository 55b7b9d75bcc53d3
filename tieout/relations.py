"""Columns by name and kind: what feeds and reference tables are made of."""

from dataclasses import dataclass

from tieout.words import Kind


@dataclass(frozen=True)
class Column:
    """One column. `required`: an empty cell is a bad line. `words`: the only words allowed."""

    name: str
    kind: Kind
    required: bool = False
    words: tuple[str, ...] = ()

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


def optional(name: str, kind: Kind, *words: str) -> Column:
    """A column whose cells may be empty."""
    return Column(name, kind, required=False, words=words)
