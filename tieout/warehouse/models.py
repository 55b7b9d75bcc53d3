"""sql/ as data: one file is one relation, its header comment says what may be relied on.

Folder = schema, file = relation (design: one plain select a file). Header lines:
`row:` what one row is; `key:` columns asserted unique and, but for those marked `?`,
non-null once its rows are kept; `kept: no` a relation so cheap that, on a day of many lines,
its readers work it out anew instead of keeping its rows, `kept: while read` a long one whose rows
go once the last relation that reads them is built; `rank:` and `family:` make the file a member
of a family, whose relation `<schema>.<family>` is the union of its members; in breaks/ also
`zh:`, `severity:`, `means:` and `remedy:`, which make breaks.catalogue. A header value goes on
in the lines below it that are indented deeper.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib.resources import files
from importlib.resources.abc import Traversable

SCHEMAS = ("reference", "staging", "matching", "breaks", "reports")
"""In reading order: a relation may read its own schema and those before it."""

EXPLAIN = "explain"
"""Read only to explain a break; it may read all the others, and no day builds it."""

_HEADER_LINE = re.compile(r"-- (?P<name>[a-z]+): (?P<value>.+)")
_CONTINUED_LINE = re.compile(r"--   +(?P<value>.+)")
_ASIDE = re.compile(r"--.*|'[^']*'")
_READ = re.compile(r"(?<!distinct )\b(?:from|join)\s+(\w+\.\w+)")


class ModelError(Exception):
    """A file under sql/ breaks a law of its own house; a defect of tieout, not of its input."""


@dataclass(frozen=True)
class Model:
    """One relation: its select, its header and the relations that the select reads."""

    name: str
    select: str
    header: Mapping[str, str]
    reads: tuple[str, ...]

    @property
    def schema(self) -> str:
        return self.name.partition(".")[0]

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that identify a row."""
        return tuple(column.rstrip("?") for column in self._key_as_written)

    @property
    def is_kept(self) -> bool:
        """Whether its rows are kept, or worked out anew by each reader."""
        return self.header.get("kept") != "no"

    @property
    def goes_once_read(self) -> bool:
        """Whether its rows are dropped when all that read them are built."""
        return self.header.get("kept") == "while read"

    @property
    def nullable_key(self) -> tuple[str, ...]:
        """Those columns of the key that may be null."""
        return tuple(column[:-1] for column in self._key_as_written if column.endswith("?"))

    @property
    def member(self) -> str:
        """The file's own name, by which its family knows it."""
        return self.name.partition(".")[2]

    @property
    def family(self) -> str | None:
        """The relation of the family that this file is a member of."""
        return f"{self.schema}.{self.header['family']}" if "family" in self.header else None

    @property
    def rank(self) -> int:
        return int(self.header["rank"])

    @property
    def _key_as_written(self) -> tuple[str, ...]:
        return tuple(column.strip() for column in self.header["key"].split(","))


def load_models(
    root: Traversable | None = None, schemas: Sequence[str] = SCHEMAS
) -> dict[str, Model]:
    """Every model below `root` (default: the installed `tieout.sql`), by relation name."""
    root = root or files("tieout.sql")
    return {
        name: _model(name, file.read_text(encoding="utf-8"))
        for name, file in _sql_files(root, schemas)
    }


def families(models: Mapping[str, Model]) -> dict[str, tuple[Model, ...]]:
    """Every family's relation name with its members by rank.

    Raises ModelError when two members share a rank, or a file bears a family's name.
    """
    found: dict[str, list[Model]] = {}
    for model in models.values():
        if model.family:
            found.setdefault(model.family, []).append(model)
    for family, members in found.items():
        members.sort(key=lambda member: member.rank)
        if len({member.rank for member in members}) < len(members):
            raise ModelError(f"{family}: two members share a rank")
        if family in models:
            raise ModelError(f"{family} is a family and a file")
    return {family: tuple(members) for family, members in found.items()}


def refuse_late_readers(models: Mapping[str, Model]) -> None:
    """Raise ModelError for a relation that reads what is dropped before its rows are asked for."""
    for model in models.values():
        for read in model.reads:
            if read in models and models[read].goes_once_read and not model.is_kept:
                raise ModelError(f"{model.name} reads {read}, which is dropped before it is read")


def in_order(
    models: Mapping[str, Model], given: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """What each relation reads, each after all it reads.

    `given` names the relations that no file makes, each with what must be built before it.
    Raises ModelError for a relation that nothing makes, and for a cycle, by name.
    """
    reads = {name: tuple(needs) for name, needs in given.items()}
    reads |= {name: model.reads for name, model in models.items()}
    for name, needs in reads.items():
        for needed in needs:
            if needed not in reads:
                raise ModelError(f"{name} reads {needed}, which nothing makes")
    try:
        return {name: reads[name] for name in TopologicalSorter(reads).static_order()}
    except CycleError as error:
        raise ModelError(f"cycle: {' -> '.join(reversed(error.args[1]))}") from error


def _sql_files(root: Traversable, schemas: Sequence[str]) -> Iterator[tuple[str, Traversable]]:
    for schema in schemas:
        folder = root.joinpath(schema)
        if folder.is_dir():
            for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
                if file.name.endswith(".sql"):
                    yield f"{schema}.{file.name.removesuffix('.sql')}", file


@cache  # a backfill reads the same files every day
def _model(name: str, text: str) -> Model:
    header = _header(text)
    for required in ("row", "key"):
        if required not in header:
            raise ModelError(f"{name}: its header has no `{required}:` line")
    if ";" in _ASIDE.sub("", text):
        raise ModelError(f"{name}: holds a semicolon, expected one select")
    return Model(name, text, header, tables_read(text))


def tables_read(text: str) -> tuple[str, ...]:
    """The relations that a select names after `from` and `join`, sorted, each once.

    The engine's own parser would tell the same at many times the cost.
    """
    return tuple(sorted(set(_READ.findall(_ASIDE.sub("", text)))))


def _header(text: str) -> dict[str, str]:
    header: dict[str, str] = {}
    last = ""
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        if found := _HEADER_LINE.fullmatch(line):
            last = found["name"]
            header[last] = found["value"]
        elif (found := _CONTINUED_LINE.fullmatch(line)) and last:
            header[last] += " " + found["value"]
    return header
