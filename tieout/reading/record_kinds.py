"""What a format says of records whose first characters tell their kind: keys and defaults."""

from collections.abc import Mapping
from dataclasses import dataclass

from tieout.reading.toml_table import TomlTable

RECORDS_KEYS = ("record_bytes", "records", "controls")
_RECORD_KEYS = ("name", "begins", "role", "fields")
_CONTROL_KEYS = ("record", "since", "figures")
_FIGURE_KEYS = ("count", "sum", "by", "of", "last_digits")
_ROLES = ("row", "context", "detail", "control", "ignored")


@dataclass(frozen=True)
class RecordKind:
    """A kind of record: how it begins, what it is for, and its fields as (offset, width)."""

    name: str
    begins: str
    role: str
    fields: Mapping[str, tuple[int, int]]

    @property
    def least_width(self) -> int:
        """How many characters a record of this kind must have; the rest may be trimmed off."""
        return max((at + width for at, width in self.fields.values()), default=len(self.begins))


@dataclass(frozen=True)
class Figure:
    """A figure a control record declares: a count of records, or the sum of one of their fields.

    `count`: the kinds counted. `sum`: the field summed, over records whose field `by` holds one
    of `of`. `last_digits`: only so many digits of the result are declared; 0 for all.
    """

    name: str
    count: tuple[str, ...]
    sum: str
    by: str
    of: tuple[str, ...]
    last_digits: int


@dataclass(frozen=True)
class Control:
    """A record that declares figures of the records since the last one of the kind `since`."""

    record: str
    since: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class RecordsDefinition:
    """All kinds of records of a format, in the order in which they are recognised."""

    width: int
    kinds: tuple[RecordKind, ...]
    controls: tuple[Control, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The fields a rule may read."""
        told = (kind.fields for kind in self.kinds if kind.role in ("row", "context", "detail"))
        return tuple(dict.fromkeys(name for fields in told for name in fields))

    def of_role(self, *roles: str) -> tuple[RecordKind, ...]:
        """The kinds with one of these roles."""
        return tuple(kind for kind in self.kinds if kind.role in roles)


def parse_records(part: TomlTable) -> RecordsDefinition:
    """The records of a part. Raises Fault (exit 2) on anything it does not know."""
    width = part.take("record_bytes", 0)
    kinds = tuple(_kind(TomlTable(v, w, _RECORD_KEYS), width) for v, w in part.tables("records"))
    if not any(kind.role == "row" for kind in kinds):
        part.refuse("records", "no record that is a row", "at least one with role `row`")
    controls = tuple(_control(TomlTable(v, w, _CONTROL_KEYS)) for v, w in part.tables("controls"))
    return RecordsDefinition(width, kinds, controls)


def _kind(table: TomlTable, width: int) -> RecordKind:
    fields = table.mapping("fields")
    places = TomlTable(fields, f"{table.where}: fields", tuple(fields))
    found: dict[str, tuple[int, int]] = {}
    for name in fields:
        place = places.take_numbers(name)
        if len(place) != 2 or place[0] < 1 or place[0] + place[1] - 1 > width:
            places.refuse(name, f"{place}", f"first character and width within {width}")
        found[name] = (place[0] - 1, place[1])
    role = table.choose("role", "row", _ROLES)
    return RecordKind(table.require("name"), table.require("begins"), role, found)


def _control(table: TomlTable) -> Control:
    figures = table.mapping("figures")
    return Control(
        table.require("record"),
        table.take("since", ""),
        tuple(
            _figure(name, TomlTable(values, f"{table.where}: figures.{name}", _FIGURE_KEYS))
            for name, values in figures.items()
        ),
    )


def _figure(name: str, table: TomlTable) -> Figure:
    if ("count" in table) == ("sum" in table):
        table.refuse("count", "count and sum, or neither", "exactly one of count, sum")
    return Figure(
        name,
        table.take_texts("count"),
        table.take("sum", ""),
        table.take("by", ""),
        table.take_texts("of"),
        table.take("last_digits", 0),
    )
