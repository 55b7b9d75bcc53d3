"""What a flow says when it fails: all that the command line would."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from prefect import get_run_logger

from tieout.faults import ExitCode, Fault


@contextmanager
def faults_told() -> Iterator[None]:
    """Log a fault in full on its way out."""
    try:
        yield
    except Fault as fault:
        get_run_logger().error(fault.message())
        raise


def is_locked(_task: object, _run: object, state: Any) -> bool:
    """Whether a task failed because another run holds the warehouse, which passes."""
    fault = state.result(raise_on_failure=False)
    return isinstance(fault, Fault) and fault.exit_code is ExitCode.LOCKED


def is_unanswered(_task: object, _run: object, state: Any) -> bool:
    """Whether a task failed because a database or a storage did not answer, which may pass."""
    fault = state.result(raise_on_failure=False)
    return isinstance(fault, Fault) and fault.code in ("database-failed", "storage-failed")
