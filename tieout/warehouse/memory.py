"""How much memory the engine may hold, and what is said when it cannot do what is asked."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from tieout.faults import WHAT_IS_PUBLISHED, ExitCode, Fault

MEMORY_VARIABLE = "TIEOUT_MEMORY"
"""Environment variable: how much memory the engine may hold before it spills, such as 8GB."""

WHILE_LANDING = "1400MB"
"""Enough for files of any size: what is landed goes to disk."""

WHILE_BUILDING = "50%"
"""Of the machine's memory: relations need room by the number of their rows."""


_SIZE = re.compile(r"[0-9]+(?:\.[0-9]+)? ?(?:[KMGT]i?B|%)", re.IGNORECASE)


def memory_limit(otherwise: str) -> str:
    """What the engine may hold, as it writes sizes: what the variable says, or `otherwise`.

    Raises Fault (exit 2) when the variable holds no size.
    """
    told = os.environ.get(MEMORY_VARIABLE, otherwise)
    if not _SIZE.fullmatch(told):
        raise Fault(
            "memory-no-size",
            ExitCode.MISUSE,
            where=f"environment variable {MEMORY_VARIABLE}",
            found=told,
            expected="a size such as 1400MB or 8GB, or a share such as 50%",
            action="Correct the variable, or take it away.",
        )
    return told


@contextmanager
def within_means(doing: str) -> Iterator[None]:
    """Raises Fault when the engine lacks memory (exit 18) or its files, or breaks (exit 1).

    Not every step of a query can be done on disk, so a limit can be too low.
    """
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise out_of_memory(doing, error) from error
    except (duckdb.InternalException, duckdb.FatalException) as error:
        raise Fault(
            "engine-broke",
            ExitCode.REFUSED,
            where=doing,
            found=_without_stack(error),
            expected="an engine that does what it is asked",
            action="Mend what is found if it names a disk or a file, and run again; "
            f"{WHAT_IS_PUBLISHED}. If it comes again, it is a fault of the engine or of tieout: "
            "report it.",
        ) from error
    except (duckdb.IOException, duckdb.TransactionException) as error:
        raise out_of_reach(doing, error) from error


def out_of_memory(where: str, error: duckdb.Error) -> Fault:
    """The fault (exit 18) of an engine that may hold less than it is asked to."""
    return Fault(
        "out-of-memory",
        ExitCode.NO_MEMORY,
        where=where,
        found=_first_line(error),
        expected="all that is held at a time to fit into what the engine may hold",
        action=f"Allow more, such as {MEMORY_VARIABLE}=8GB in the environment, and run again.",
    )


def out_of_reach(where: str, error: duckdb.Error) -> Fault:
    """The fault (exit 1) of a system that does not let the engine read or write its files."""
    return Fault(
        "warehouse-out-of-reach",
        ExitCode.REFUSED,
        where=where,
        found=_first_line(error),
        expected="room on the disk, and a warehouse.duckdb that may be read and written",
        action="Free the space or mend the permission and run again; a warehouse.duckdb that "
        "is damaged may be deleted, as it is made anew from inbox/.",
    )


def _first_line(error: duckdb.Error) -> str:
    return str(error).splitlines()[0]


def _without_stack(error: duckdb.Error) -> str:
    """In one line: what broke first may be told after what it broke."""
    return " ".join(str(error).partition("\n\nStack Trace")[0].split())
