"""The only home of the engine: landing, and sql/ built into relations in order.

warehouse.duckdb holds what was landed. Derived relations live in an in-memory database of
the same process and are built anew each run, so the file stays a cache of the inbox.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from tieout.feeds import FEEDS
from tieout.side_by_side import done_as_needed, hands
from tieout.warehouse.catalogue import catalogue
from tieout.warehouse.connections import Lend, cannot_open, lending, opened, parsed
from tieout.warehouse.landing import FileEntry, KnownFile, LandedPart, Landing
from tieout.warehouse.memory import (
    WHILE_BUILDING,
    memory_limit,
    within_means,
)
from tieout.warehouse.models import (
    EXPLAIN,
    SCHEMAS,
    Model,
    ModelError,
    families,
    in_order,
    load_models,
    refuse_late_readers,
)

__all__ = [
    "EXPLAIN",
    "SCHEMAS",
    "FileEntry",
    "KnownFile",
    "LandedPart",
    "Landing",
    "Maker",
    "Model",
    "ModelError",
    "Warehouse",
    "catalogue",
    "load_models",
]

RELATIONS_AT_ONCE = 2
"""How many relations are built at the same time: of a short one most is planning, one core's work.
"""

FEW_LINES = 500_000
"""Below so many landed lines a relation's planning outweighs its rows: all are kept, so that no
reader plans them anew, and each is worked out by one thread.
"""

_LANDED = tuple(f"landing.{name}" for name in (*FEEDS, "files", "rejects"))


@dataclass(frozen=True)
class Maker:
    """A relation made by a function of other relations, where one select cannot say it."""

    reads: tuple[str, ...]
    make: Callable[..., pa.Table]


class Warehouse:
    """One process's hold on a workspace's warehouse. Use as a context manager.

    `left_empty` names models that are built without rows.

    Raises Fault: exit 15 when another process holds the file, exit 18 when the engine may not
    hold what opening it takes, exit 2 when the file is not a warehouse.
    """

    def __init__(
        self,
        path: Path,
        makers: Mapping[str, Maker] | None = None,
        models: Mapping[str, Model] | None = None,
        left_empty: Collection[str] = (),
    ) -> None:
        self._makers = dict(makers or {})
        self._left_empty = left_empty
        self._models = load_models() if models is None else models
        self._families = families(self._models)
        refuse_late_readers(self._models)
        self._connection = opened(path)
        try:
            self.landing = Landing(self._connection)
        except duckdb.Error as error:
            self._connection.close()
            raise cannot_open(path, error) from error
        self._built: set[str] = set()
        if any(model.schema == "breaks" for model in self._models.values()):
            self.give("breaks.catalogue", catalogue(self._models))

    def __enter__(self) -> "Warehouse":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    @property
    def models(self) -> Mapping[str, Model]:
        return self._models

    def give(self, name: str, table: pa.Table) -> None:
        """Put a relation in place that no file makes, such as reference.business_day.

        Raises Fault (exit 18) as `build` does.
        """
        with within_means(name):
            self._connection.execute(f"create schema if not exists {name.partition('.')[0]}")
            self._connection.from_arrow(table).create(name)
        self._built.add(name)

    def build(self, schemas: Iterable[str]) -> None:
        """Build every relation of these schemas that is not there yet, each after all it reads.

        Raises ModelError naming the relation and the key when a key is null or repeated, and
        Fault (exit 18) when the engine may not hold what a relation needs.
        """
        with within_means("memory for the relations"):
            self._connection.execute(f"set memory_limit = '{memory_limit(WHILE_BUILDING)}'")
        if self._are_lines_few:
            self._connection.execute("set threads = 1")
        wanted = set(schemas)
        for schema in wanted:
            self._connection.execute(f"create schema if not exists {schema}")
        with hands(RELATIONS_AT_ONCE) as builders, lending(self.connect, RELATIONS_AT_ONCE) as lend:

            def begin(name: str) -> Future[None]:
                return builders.submit(self._build_with, lend, name)

            for name in done_as_needed(self._unbuilt(wanted), begin):
                self._built.add(name)
                self._drop_what_is_read(name)

    def read(self, name: str) -> pa.RecordBatchReader:
        """A built relation as Arrow batches, in the order its file states.

        Each stream has a connection of its own: several may be read at the same time.
        Raises Fault (exit 18) as `build` does.
        """
        with within_means(name):
            return self.connect().table(name).to_arrow_reader()

    def table(self, name: str) -> pa.Table:
        """A built relation as one Arrow table. Raises Fault (exit 18) as `build` does."""
        with within_means(name):
            return self._connection.table(name).to_arrow_table()

    def connect(self) -> duckdb.DuckDBPyConnection:
        """One more connection to the derived relations, for a reader of its own."""
        return self._connection.cursor()

    @cached_property
    def _are_lines_few(self) -> bool:
        return self.landing.lines() < FEW_LINES

    def _made_otherwise(self) -> dict[str, tuple[str, ...]]:
        given: dict[str, tuple[str, ...]] = {name: () for name in (*_LANDED, *self._built)}
        makers = {name: maker.reads for name, maker in self._makers.items()}
        unions = {
            family: tuple(member.name for member in members)
            for family, members in self._families.items()
        }
        return given | makers | unions

    def _unbuilt(self, schemas: Collection[str]) -> dict[str, list[str]]:
        """What is to be built in these schemas, and which of it each relation reads, in order."""
        ordered = in_order(self._models, self._made_otherwise())
        unbuilt = {
            name: reads
            for name, reads in ordered.items()
            if name.partition(".")[0] in schemas and name not in self._built
        }
        return {
            name: [each for each in reads if each in unbuilt] for name, reads in unbuilt.items()
        }

    def _build_with(self, lend: Lend, name: str) -> None:
        beside = copy(self)
        with lend() as beside._connection:
            beside._build(name)

    def _build(self, name: str) -> None:
        if maker := self._makers.get(name):
            self.give(name, maker.make(*(self.table(read) for read in maker.reads)))
        elif members := self._families.get(name):
            self._unite(name, members)
        else:
            self._select(self._models[name])

    def _unite(self, name: str, members: Sequence[Model]) -> None:
        each = (
            f"(select *, '{member.member}' as member, {member.rank} as rank from {member.name})"
            for member in members
        )
        self._connection.execute(f"create view {name} as {' union all by name '.join(each)}")

    def _select(self, model: Model) -> None:
        kind = "table" if model.is_kept or self._are_lines_few else "view"
        made = self._run(model, f"create {kind} {model.name} as {self._rows_of(model)}")
        has_rows = made != [(0,)]
        if model.is_kept and has_rows:
            self._assert_key(model)

    def _run(self, model: Model, statement: str, about: str = "") -> list[tuple[Any, ...]]:
        """A statement's rows; whatever the engine cannot do is told by the model's name."""
        try:
            with within_means(model.name):
                return self._connection.execute(parsed(self._connection, statement)).fetchall()
        except duckdb.Error as error:
            raise ModelError(f"{model.name}: {about}{error}") from error

    def _drop_what_is_read(self, name: str) -> None:
        """Drop what was kept for this relation and is read by none still to be built."""
        for read in self._models[name].reads if name in self._models else ():
            if read in self._models and self._models[read].goes_once_read:
                readers = {model.name for model in self._models.values() if read in model.reads}
                if readers <= self._built:
                    self._connection.execute(f"drop table {read}")

    def _rows_of(self, model: Model) -> str:
        return f"from ({model.select}) limit 0" if model.name in self._left_empty else model.select

    def _assert_key(self, model: Model) -> None:
        columns = ", ".join(model.key)
        is_null = [f"{column} is null" for column in model.key if column not in model.nullable_key]
        is_wrong = " or ".join(["count(*) > 1", *is_null])
        wrong = self._run(
            model,
            f"select {columns} from {model.name} group by {columns} having {is_wrong} limit 1",
            about=f"its key ({columns}): ",
        )
        if wrong:
            raise ModelError(f"{model.name}: key ({columns}) is null or repeated: {wrong[0]}")
