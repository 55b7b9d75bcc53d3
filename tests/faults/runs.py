"""Runs in processes of their own, which may end before the run does.

A fork server imports everything once; Great Expectations, which holds no state of a run and
takes seconds to import, is stood in for.
"""

import errno
import json
import multiprocessing
import os
import resource
import signal
import sys
import types
from collections.abc import Callable
from datetime import date
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pyarrow as pa

from tests.faults import points
from tieout.backfill import backfill
from tieout.day import reconcile

KILLED = -signal.SIGKILL
DISK_FULL, FAILED = 28, 1

_servers = multiprocessing.get_context("forkserver")
_servers.set_forkserver_preload(["tests.faults.runs", "tests.faults.prepared"])

_RESULTS = pa.schema(
    [
        *((name, pa.string()) for name in ("suite", "relation", "expectation", "severity")),
        ("success", pa.bool_()),
        *((name, pa.string()) for name in ("observed", "expected", "remedy")),
    ]
)


def run(workspace: Path, business_date: date) -> None:
    """Reconcile, undisturbed."""
    assert _ended(_reconcile, workspace, business_date) == 0


def run_killed(workspace: Path, business_date: date, where: str) -> None:
    """Reconcile until the point, and be killed there."""
    assert _ended(_reconcile, workspace, business_date, where, "killed") == KILLED


def run_out_of_disk(workspace: Path, business_date: date, where: str) -> None:
    """Reconcile until the point, where the disk is full."""
    assert _ended(_reconcile, workspace, business_date, where, "disk full") == DISK_FULL


def run_where_no_file_outgrows(workspace: Path, business_date: date, size: int) -> None:
    """Reconcile on a disk where every write beyond `size` bytes of a file fails, and fail."""
    assert _ended(_reconcile_small, workspace, business_date, size) == FAILED


def run_backfill(workspace: Path, first: date, last: date) -> dict[str, bool]:
    """Backfill, undisturbed: by date, whether its report was up to date already."""
    assert _ended(_backfill, workspace, first, last) == 0
    found: dict[str, bool] = json.loads((workspace / "backfilled.json").read_text("utf-8"))
    return found


def run_backfill_killed(workspace: Path, first: date, last: date, at: date) -> None:
    """Backfill, and be killed before the date `at` is published."""
    assert _ended(_backfill, workspace, first, last, at) == KILLED


def _ended(target: Callable[..., None], *given: object) -> int | None:
    process: ForkServerProcess = _servers.Process(target=target, args=given)
    process.start()
    process.join()
    return process.exitcode


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _fill_disk() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def _reconcile(workspace: Path, business_date: date, where: str = "", how: str = "") -> None:
    _stand_in_for_the_guard()
    if where:
        arm = {**points.LANDING, **points.REASONING, **points.PUBLISHING, **points.PUBLISHED}[where]
        arm(_kill if how == "killed" else _fill_disk)
    try:
        reconcile(workspace, business_date)
    except OSError as error:
        sys.exit(DISK_FULL if error.errno == errno.ENOSPC else 1)


def _reconcile_small(workspace: Path, business_date: date, size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    _reconcile(workspace, business_date)


def _backfill(workspace: Path, first: date, last: date, killed_at: date | None = None) -> None:
    _stand_in_for_the_guard()
    found = {}
    for past in backfill(workspace, first, last, "a night was missed"):
        found[str(past.business_date)] = past.was_current
        if killed_at is not None and (killed_at - past.business_date).days == 1:
            _kill_in_the_middle_of_the_next()
    (workspace / "backfilled.json").write_text(json.dumps(found), encoding="utf-8")


def _kill_in_the_middle_of_the_next() -> None:
    points.PUBLISHING["before the page"](_kill)


def _stand_in_for_the_guard() -> None:
    guard = types.ModuleType("tieout.guard")
    vars(guard).update(
        check=lambda *_: _RESULTS.empty_table(), stop_on=lambda _: None, RESULTS=_RESULTS
    )
    sys.modules["tieout.guard"] = guard
