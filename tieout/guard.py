"""Runs the Great Expectations suites of `expectations/` over the built relations.

The only home of great_expectations, whose import takes seconds: import this module late.
"""

import atexit
import json
import logging
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any, Literal

import pyarrow as pa

from tieout.faults import ExitCode, Fault

# Read by great_expectations while it is imported.
os.environ["GX_ANALYTICS_ENABLED"] = "false"

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import great_expectations as gx
    from duckdb_sqlalchemy import ConnectionWrapper
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.datasource.fluent.sql_datasource import SQLDatasource
    from great_expectations.execution_engine.sqlalchemy_execution_engine import (
        SqlAlchemyExecutionEngine,
    )
    from sqlalchemy import Connection
    from sqlalchemy.pool import NullPool

_quiet = logging.getLogger("great_expectations")
_quiet.addHandler(logging.NullHandler())
_quiet.propagate = False

Connect = Callable[[], Any]
"""Opens one more DuckDB connection to the database that holds the relations."""

RESULTS = pa.schema(
    [
        ("suite", pa.string()),
        ("relation", pa.string()),
        ("expectation", pa.string()),
        ("severity", pa.string()),
        ("success", pa.bool_()),
        ("observed", pa.string()),
        ("expected", pa.string()),
        ("remedy", pa.string()),
    ]
)

_connect: ContextVar[Connect] = ContextVar("connect")

_SEVERITIES = {"critical": "stop", "warning": "warn", "info": "warn"}
_REMEDY = "Correct the rows named here at their source and deliver the file again."


class OneConnectionEngine(SqlAlchemyExecutionEngine):
    """Keeps one connection until `release`.

    Great Expectations would close it before fetching, which ends a DuckDB result.
    """

    @contextmanager
    def get_connection(self) -> Iterator[Connection]:
        """The connection that is open, or a new one."""
        if self._connection is None:
            self._connection = self.engine.connect()
        yield self._connection

    def release(self) -> None:
        """Close the connection, and with it the snapshot that it reads."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


# Inside the class below `type` is a field.
_EngineType = type[OneConnectionEngine]


class WarehouseDatasource(SQLDatasource):
    """DuckDB as a data source. Its class name makes `data_sources.add_warehouse`."""

    type: Literal["warehouse"] = "warehouse"  # type: ignore[assignment]

    @property
    def execution_engine_type(self) -> _EngineType:
        """The engine that this data source runs on."""
        return OneConnectionEngine


class _Room:
    """Everything Great Expectations builds up that does not change from day to day."""

    def __init__(self) -> None:
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        self.source: WarehouseDatasource = context.data_sources.add_warehouse(
            "warehouse",
            connection_string="duckdb://",
            # The dialect's own connect sets a user agent, and DuckDB refuses a second
            # connection whose settings differ from the first.
            kwargs={"creator": lambda: ConnectionWrapper(_connect.get()()), "poolclass": NullPool},
            create_temp_table=False,
        )
        self.engine: OneConnectionEngine = self.source.get_execution_engine()
        self.batches: dict[str, BatchDefinition[Any]] = {}
        self.suites: dict[str, gx.ExpectationSuite] = {}

    def batch(self, relation: str) -> BatchDefinition[Any]:
        if relation not in self.batches:
            schema, table = relation.split(".")
            asset = self.source.add_table_asset(relation, table_name=table, schema_name=schema)
            self.batches[relation] = asset.add_batch_definition_whole_table(relation)
        return self.batches[relation]

    def suite(self, text: str) -> gx.ExpectationSuite:
        if text not in self.suites:
            self.suites[text] = gx.ExpectationSuite(**json.loads(text))
        return self.suites[text]


@cache
def _room() -> _Room:
    return _Room()


def check(connect: Connect, relations: Sequence[str], suites: Traversable) -> pa.Table:
    """What every suite found, one row an expectation, in the order of suite and file.

    `suites` holds `<schema>.<relation>.json` files; those whose relation is not among
    `relations` are left out. Columns: `RESULTS`; `severity` is `stop` or `warn`, `remedy` what the
    expectation's `meta` says is to be done.
    Raises Fault `expectation-cannot-run` (exit 13) when an expectation does not fit its relation.
    """
    rows: list[dict[str, object]] = []
    opened = _connect.set(connect)
    room = _room()
    try:
        for file in sorted(suites.iterdir(), key=lambda entry: entry.name):
            relation, _, ending = file.name.rpartition(".")
            if ending != "json" or relation not in relations:
                continue
            suite = room.suite(file.read_text(encoding="utf-8"))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found = room.batch(relation).get_batch().validate(suite, result_format="COMPLETE")
            for result in found.results:
                rows.append(_row(suite.name, relation, result.to_json_dict()))
    finally:
        room.engine.release()
        _connect.reset(opened)
    return pa.Table.from_pylist(rows, schema=RESULTS)


def stop_on(results: pa.Table) -> None:
    """Refuse to go on after a failed expectation of severity `stop`.

    Raises Fault `expectation-failed` (exit 13), which tells the first one and counts the others.
    """
    stops = [row for row in results.to_pylist() if row["severity"] == "stop"]
    failed = [row for row in stops if not row["success"]]
    if not failed:
        return
    first, others = failed[0], len(failed) - 1
    raise Fault(
        "expectation-failed",
        ExitCode.EXPECTATION,
        where=f"{first['relation']}: {first['expectation']}",
        found=first["observed"] + (f" (and {others} more failed expectations)" if others else ""),
        expected=first["expected"],
        action=first["remedy"],
    )


@atexit.register
def _let_go_of_duckdb() -> None:
    # Great Expectations keeps these modules alive past the interpreter's end, and DuckDB
    # would complain on stderr, at length, that it was never released.
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("duckdb", "duckdb_sqlalchemy"):
            vars(module).clear()


def _row(suite: str, relation: str, result: Mapping[str, Any]) -> dict[str, object]:
    asked = result["expectation_config"]
    words = asked.get("description") or asked["type"]
    if message := _exception(result["exception_info"]):
        raise Fault(
            "expectation-cannot-run",
            ExitCode.EXPECTATION,
            where=f"expectations/{suite}.json: {words}",
            found=message,
            expected=f"an expectation that can be asked of {relation}",
            action="Mend the expectation, or the relation that it guards.",
        )
    return {
        "suite": suite,
        "relation": relation,
        "expectation": words,
        "severity": _SEVERITIES[asked["severity"]],
        "success": result["success"],
        "observed": _observed(result["result"]),
        "expected": _expected(asked["type"], asked["kwargs"]),
        "remedy": (asked.get("meta") or {}).get("remedy", _REMEDY),
    }


def _exception(info: Mapping[str, Any]) -> str:
    # Great Expectations tells of one exception flat, and of several under an id each.
    each = [info] if "raised_exception" in info else list(info.values())
    messages = [one["exception_message"] for one in each if one["raised_exception"]]
    return str(messages[0]).split("\n[SQL:")[0] if messages else ""


def _observed(result: Mapping[str, Any]) -> str:
    count = result.get("unexpected_count", result.get("observed_value"))
    rows = result.get("details", {}).get("unexpected_rows", [])
    if not rows:
        return str(count)
    first = ", ".join(f"{column} {value}" for column, value in rows[0].items())
    return f"{count}, the first of them: {first}"


def _expected(kind: str, asked: Mapping[str, Any]) -> str:
    if kind == "unexpected_rows_expectation":
        return "0"
    return ", ".join(f"{name} {value}" for name, value in asked.items() if name != "batch_id")
