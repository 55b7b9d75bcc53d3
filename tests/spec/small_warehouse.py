"""A warehouse for a few drawn rows, which does nothing twice.

Most relations that a test needs hold what they held in the test before. So a relation is
remembered by its own text and by what each relation that it reads holds, and is built only
when one of these is new; what is remembered goes into the engine only when something reads
it there.
"""

from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from tieout.warehouse import Maker, Model, ModelError, Warehouse

_contents: dict[tuple[str, str], int] = {}
_built: dict[tuple[Hashable, ...], tuple[pa.Table, int]] = {}


class SmallWarehouse(Warehouse):
    """A warehouse in memory. `makers` must be functions of the tables that they read."""

    def __init__(self, makers: Mapping[str, Maker], models: Mapping[str, Model]) -> None:
        self._tables: dict[str, tuple[pa.Table, int]] = {}
        self._in_engine: set[str] = set()
        super().__init__(Path(":memory:"), makers, models)

    def give(self, name: str, table: pa.Table) -> None:
        self._tables[name] = (table, _content(table))
        self._built.add(name)

    def table(self, name: str) -> pa.Table:
        return self._holding(name)[0]

    def _build(self, name: str) -> None:
        recipe = self._recipe(name)
        if recipe not in _built:
            for read in self._reads(name):
                self._put_in_engine(read)
            super()._build(name)
            _built[recipe] = self._holding(name)
        self._tables[name] = _built[recipe]

    def _recipe(self, name: str) -> tuple[Hashable, ...]:
        text = self._models[name].select if name in self._models else ""
        holdings = (self._holding(read)[1] for read in self._reads(name))
        return (name, text, self._makers.get(name), *self._reads(name), *holdings)

    def _reads(self, name: str) -> Sequence[str]:
        if maker := self._makers.get(name):
            return maker.reads
        if members := self._families.get(name):
            return [member.name for member in members]
        return self._models[name].reads

    def _holding(self, name: str) -> tuple[pa.Table, int]:
        if name not in self._tables:
            table = super().table(name)
            self._tables[name] = (table, _content(table))
            self._in_engine.add(name)
        return self._tables[name]

    def _put_in_engine(self, name: str) -> None:
        table = self.table(name)
        if name not in self._in_engine:
            super().give(name, table)
            self._in_engine.add(name)

    def _assert_key(self, model: Model) -> None:
        rows = super().table(model.name).select(model.key).to_pylist()
        keys = [tuple(row.values()) for row in rows]
        never_null = set(model.key) - set(model.nullable_key)
        has_null = any(row[name] is None for row in rows for name in never_null)
        if has_null or len(set(keys)) < len(keys):
            raise ModelError(f"{model.name}: its key does not hold in {keys}")


def _content(table: pa.Table) -> int:
    held = (table.schema.to_string(), repr(table.to_pylist()))
    return _contents.setdefault(held, len(_contents))
