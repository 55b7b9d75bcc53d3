"""A warehouse for a few drawn rows, which does nothing twice.

Most relations that a test needs hold what they held in the test before. So a relation is
remembered by its own text and by what each relation that it reads holds, and is built only
when one of these is new. All tests share one engine, and what is remembered goes into it
only when something reads it there and something else stands there.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import pyarrow as pa

from tieout.feeds import FEEDS
from tieout.warehouse import EXPLAIN, SCHEMAS, Maker, Model, ModelError, Warehouse, load_models
from tieout.warehouse.catalogue import catalogue
from tieout.warehouse.connections import parsed
from tieout.warehouse.models import families

LANDED = (*FEEDS, "files", "rejects")

Inputs = tuple[int, ...]
"""What each relation that a model reads holds, by the number of its content."""

_contents: dict[tuple[str, str], int] = {}
_tables: dict[int, pa.Table] = {}
_built: dict[tuple[Hashable, ...], tuple[pa.Table, int]] = {}
_standing: dict[str, int] = {}


class SmallWarehouse(Warehouse):
    """A warehouse in memory. `makers` must be functions of the tables that they read."""

    def __init__(
        self,
        makers: Mapping[str, Maker],
        models: Mapping[str, Model],
        left_empty: Collection[str] = (),
    ) -> None:
        self._makers = dict(makers)
        self._left_empty = left_empty
        self._models = models
        self._families = families(models)
        self._connection = _engine()._connection
        self._built: set[str] = set()
        self._tables: dict[str, tuple[pa.Table, int]] = {}
        if "breaks.catalogue" in {read for model in models.values() for read in model.reads}:
            self.give("breaks.catalogue", _catalogue())

    def __exit__(self, *_: object) -> None:
        """Leave the engine to the next test."""

    def give(self, name: str, table: pa.Table) -> None:
        content = _content(table)
        _tables.setdefault(content, table)
        self._tables[name] = (_tables[content], content)
        self._built.add(name)

    def table(self, name: str) -> pa.Table:
        return self._tables[name][0]

    def inputs(self, name: str) -> Inputs:
        return tuple(self._tables[read][1] for read in self._reads(name))

    def makes_otherwise(self, faulty: Model, inputs: Inputs) -> bool:
        """Whether of these inputs it makes something else than the model of its name does.

        Raises ModelError as a build does.
        """
        for read, content in zip(self._reads(faulty.name), inputs, strict=True):
            self._tables[read] = (_tables[content], content)
            self._put_in_engine(read)
        self._build(faulty.name)
        sound = self._tables[faulty.name][1]
        self._select(faulty)
        return self._tables[faulty.name][1] != sound

    def build(self, schemas: Iterable[str]) -> None:
        """One after the other: whose rows stand in the engine changes on the way."""
        for name in self._unbuilt(set(schemas)):
            self._build(name)
            self._built.add(name)

    def _build(self, name: str) -> None:
        recipe = self._recipe(name)
        if recipe not in _built:
            for read in self._reads(name):
                self._put_in_engine(read)
            super()._build(name)
            _built[recipe] = self._tables[name]
        self._tables[name] = _built[recipe]

    def _recipe(self, name: str) -> tuple[Hashable, ...]:
        text = self._models[name].select if name in self._models else ""
        is_empty = name in self._left_empty
        makes = (name, text, is_empty, self._makers.get(name))
        return (*makes, *self._reads(name), *self.inputs(name))

    def _reads(self, name: str) -> Sequence[str]:
        if maker := self._makers.get(name):
            return maker.reads
        if members := self._families.get(name):
            return [member.name for member in members]
        return self._models[name].reads

    def _put_in_engine(self, name: str) -> None:
        table, content = self._tables[name]
        if _standing.get(name) != content:
            self._take_from_engine(name)
            super().give(name, table)
            _standing[name] = content

    def _take_from_engine(self, name: str) -> None:
        _standing.pop(name, None)
        self._connection.execute(f"drop table if exists {name}")

    def _unite(self, name: str, members: Sequence[Model]) -> None:
        self._take_from_engine(name)
        super()._unite(name, members)
        self.give(name, super().table(name))
        self._connection.execute(f"drop view {name}")

    def _select(self, model: Model) -> None:
        _standing.pop(model.name, None)
        try:
            statement = f"create or replace table {model.name} as {self._rows_of(model)}"
            self._connection.execute(parsed(self._connection, statement))
        except Exception as error:
            raise ModelError(f"{model.name}: {error}") from error
        self.give(model.name, super().table(model.name))
        _standing[model.name] = self._tables[model.name][1]
        self._assert_key(model)

    def _assert_key(self, model: Model) -> None:
        rows = self.table(model.name).select(model.key).to_pylist()
        keys = [tuple(row.values()) for row in rows]
        never_null = set(model.key) - set(model.nullable_key)
        has_null = any(row[name] is None for row in rows for name in never_null)
        if has_null or len(set(keys)) < len(keys):
            raise ModelError(f"{model.name}: its key does not hold in {keys}")


@cache
def landing_schemas() -> Mapping[str, pa.Schema]:
    """Of every landing table, by its bare name: the columns as the engine has them."""
    with Warehouse(Path(":memory:"), {}, {}) as warehouse:
        return {name: warehouse.table(f"landing.{name}").schema for name in LANDED}


@cache
def _catalogue() -> pa.Table:
    """Of all categories, whichever of them a test builds."""
    return catalogue(load_models())


@cache
def _engine() -> Warehouse:
    engine = Warehouse(Path(":memory:"), {}, {})
    engine._connection.execute("set threads = 1")
    # over a few rows it costs more than it saves; the oracle and the days run with it
    engine._connection.execute("pragma disable_optimizer")
    for name in LANDED:
        engine._connection.execute(f"drop view landing.{name}")
    for schema in (*SCHEMAS, EXPLAIN):
        engine._connection.execute(f"create schema {schema}")
    return engine


def _content(table: pa.Table) -> int:
    held = (table.schema.to_string(), repr(table.to_pylist()))
    return _contents.setdefault(held, len(_contents))
