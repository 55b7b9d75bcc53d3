"""What a flow says when it fails: all that the command line would."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from prefect import get_run_logger

from tieout.faults import ExitCode, Fault, refusals_as_faults


@contextmanager
def faults_told() -> Iterator[None]:
    """Log a fault in full on its way out; what the system refuses is one."""
    try:
        with refusals_as_faults():
            yield
    except Fault as fault:
        get_run_logger().error(fault.message())
        raise


def fault_of(error: Exception) -> Fault:
    """The error itself if it is a fault, else that there is one nobody foresaw.

    It names the kind only, as the text may quote a line.
    """
    if isinstance(error, Fault):
        return error
    return Fault(
        "unforeseen",
        ExitCode.REFUSED,
        where=type(error).__name__,
        found="an error that tieout does not know",
        expected="what was asked to be done, or a fault that says why not",
        action="Report this as a defect of tieout with the log of this run.",
    )


def is_locked(_task: object, _run: object, state: Any) -> bool:
    """Whether a task failed because another run holds the warehouse, which passes."""
    fault = state.result(raise_on_failure=False)
    return isinstance(fault, Fault) and fault.exit_code is ExitCode.LOCKED


def is_unanswered(_task: object, _run: object, state: Any) -> bool:
    """Whether a task failed because a database or a storage did not answer, which may pass."""
    fault = state.result(raise_on_failure=False)
    return isinstance(fault, Fault) and fault.code in ("database-failed", "storage-failed")
