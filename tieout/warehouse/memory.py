"""How much memory the engine may hold, and what is said when that is not enough."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from tieout.faults import ExitCode, Fault

MEMORY_VARIABLE = "TIEOUT_MEMORY"
"""Environment variable: how much memory the engine may hold before it spills, such as 8GB."""

_DEFAULT = "1400MB"


def memory_limit() -> str:
    """What the engine may hold, as it writes sizes."""
    return os.environ.get(MEMORY_VARIABLE, _DEFAULT)


@contextmanager
def within_memory(relation: str) -> Iterator[None]:
    """Raises Fault (exit 18) when making the relation needs more, with all that can spill spilled.

    Not every step of a query can be done on disk, so a limit can be too low.
    """
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise Fault(
            "out-of-memory",
            ExitCode.NO_MEMORY,
            where=relation,
            found=str(error).splitlines()[0],
            expected=f"at most {memory_limit()} held at a time",
            action=f"Allow more, such as {MEMORY_VARIABLE}=8GB in the environment, and run again.",
        ) from error
