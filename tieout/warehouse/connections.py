"""Connections to the engine: the one that holds the warehouse file, and more beside it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from queue import SimpleQueue

import duckdb

from tieout.faults import ExitCode, Fault
from tieout.warehouse.memory import WHILE_LANDING, memory_limit, out_of_memory, out_of_reach

Lend = Callable[[], AbstractContextManager[duckdb.DuckDBPyConnection]]
"""Lends a connection to one thread, once one is idle."""

_MISREAD = "?\\"
"""What the engine takes for the begin of options, and for a slash."""

_LOCKED = "Could not set lock"

_PARSED: dict[str, duckdb.Statement] = {}


def opened(path: Path) -> duckdb.DuckDBPyConnection:
    """An in-memory database to which the file is attached as `warehouse`.

    Raises Fault: exit 15 when another process holds the file, exit 18 when the engine may not
    hold what opening it takes, exit 2 when the file is not a warehouse or the engine would take
    its path for another one.
    """
    name = _as_the_engine_reads(path)
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "temp_directory": f"{name}.tmp",
            "memory_limit": memory_limit(WHILE_LANDING),
        },
    )
    try:
        _attach(connection, path)
    except duckdb.Error as error:
        connection.close()
        raise cannot_open(path, error) from error
    return connection


def _attach(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    statement = f"attach {_quoted(_as_the_engine_reads(path))} as warehouse"
    try:
        connection.execute(statement)
    except duckdb.IOException as error:
        # what a run leaves that is ended before its first byte; a run that lives has locked it
        if _LOCKED in str(error) or path.stat().st_size:
            raise
        path.unlink()
        connection.execute(statement)


def parsed(connection: duckdb.DuckDBPyConnection, statement: str) -> duckdb.Statement:
    """The statement as the engine reads it; a backfill asks for the same ones every day."""
    if statement not in _PARSED:
        (_PARSED[statement],) = connection.extract_statements(statement)
    return _PARSED[statement]


@contextmanager
def lending(connect: Callable[[], duckdb.DuckDBPyConnection], number: int) -> Iterator[Lend]:
    """A few connections to lend. What still runs over them when the work is given up is
    interrupted.
    """
    connections = [connect() for _ in range(number)]
    idle: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
    for connection in connections:
        idle.put(connection)

    @contextmanager
    def lend() -> Iterator[duckdb.DuckDBPyConnection]:
        lent = idle.get()
        try:
            yield lent
        finally:
            idle.put(lent)

    try:
        yield lend
    except BaseException:
        for connection in connections:
            connection.interrupt()
        raise
    for connection in connections:
        connection.close()


def _as_the_engine_reads(path: Path) -> str:
    whole = str(path.absolute())
    # a name whose bytes are no text in the locale's encoding has surrogates
    is_misread = any(each in _MISREAD or "\ud800" <= each <= "\udfff" for each in whole)
    if is_misread:
        raise Fault(
            "workspace-path-misread",
            ExitCode.MISUSE,
            where=str(path.parent),
            found="a path that the engine would take for another one",
            expected="a path of text in UTF-8, without question marks and backslashes",
            action="Rename the folder or move the workspace, and run in a UTF-8 locale.",
        )
    return str(path)


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def cannot_open(path: Path, error: duckdb.Error) -> Fault:
    """What the engine says of a file that it does not open as a warehouse."""
    if isinstance(error, duckdb.OutOfMemoryException):
        return out_of_memory(str(path), error)
    if _LOCKED in str(error):
        return Fault(
            "warehouse-locked",
            ExitCode.LOCKED,
            where=str(path),
            found="another process holds this warehouse",
            expected="one run at a time",
            action="Wait for the other run to end, then run again.",
        )
    if any(refusal in str(error) for refusal in ("Permission denied", "Could not write")):
        return out_of_reach(str(path), error)
    return Fault(
        "warehouse-unreadable",
        ExitCode.MISUSE,
        where=str(path),
        found=str(error).splitlines()[0],
        expected="a warehouse written by this version of tieout",
        action="Delete the file and run again: it is a cache, made anew from inbox/.",
    )
