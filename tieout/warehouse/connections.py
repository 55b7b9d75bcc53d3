"""Connections to the engine: the one that holds the warehouse file, and more beside it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

import duckdb

from tieout.faults import ExitCode, Fault
from tieout.warehouse.memory import WHILE_LANDING, memory_limit

_PARSED: dict[str, duckdb.Statement] = {}


def opened(path: Path) -> duckdb.DuckDBPyConnection:
    """An in-memory database to which the file is attached as `warehouse`.

    Raises Fault: exit 15 when another process holds the file, exit 2 when the file is not a
    warehouse.
    """
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "temp_directory": f"{path}.tmp",
            "memory_limit": memory_limit(WHILE_LANDING),
        },
    )
    try:
        connection.execute(f"attach '{_quoted(path)}' as warehouse")
    except duckdb.Error as error:
        connection.close()
        raise _cannot_open(path, error) from error
    return connection


def parsed(connection: duckdb.DuckDBPyConnection, statement: str) -> duckdb.Statement:
    """The statement as the engine reads it; a backfill asks for the same ones every day."""
    if statement not in _PARSED:
        (_PARSED[statement],) = connection.extract_statements(statement)
    return _PARSED[statement]


class Lent:
    """A few connections, each lent to one thread at a time. Use as a context manager.

    When the work is given up, what still runs over them is interrupted.
    """

    def __init__(self, connect: Callable[[], duckdb.DuckDBPyConnection], number: int) -> None:
        self._all = [connect() for _ in range(number)]
        self._idle: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
        for connection in self._all:
            self._idle.put(connection)

    @contextmanager
    def connection(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """One of them, once one is idle."""
        lent = self._idle.get()
        try:
            yield lent
        finally:
            self._idle.put(lent)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for connection in self._all:
            if kind is None:
                connection.close()
            else:
                connection.interrupt()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _cannot_open(path: Path, error: duckdb.Error) -> Fault:
    if "lock" in str(error).lower():
        return Fault(
            "warehouse-locked",
            ExitCode.LOCKED,
            where=str(path),
            found="another process holds this warehouse",
            expected="one run at a time",
            action="Wait for the other run to end, then run again.",
        )
    return Fault(
        "warehouse-unreadable",
        ExitCode.MISUSE,
        where=str(path),
        found=str(error).splitlines()[0],
        expected="a warehouse written by this version of tieout",
        action="Delete the file and run again: it is a cache, made anew from inbox/.",
    )
