"""Past business dates, in order; a repeated call goes on where the last one stopped.

A date is passed over when its stored report was made from the very inputs that a run would
use now: its summary.json names them all, and the report of the day before.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tieout.business_dates import refuse_asked
from tieout.day import STEPS, Run, fingerprint, open_run
from tieout.faults import ExitCode, Fault
from tieout.stored_files import as_a_run_wrote, stored_json

LOG_FILE = "backfills.csv"
"""In the workspace: which dates were run again, and why. Appended, never edited."""


@dataclass(frozen=True)
class BackfilledDay:
    """One date of a backfill; `was_current`: its report was already what a run would give."""

    business_date: date
    folder: Path
    was_current: bool


def backfill(workspace: Path, first: date, last: date, reason: str) -> Iterator[BackfilledDay]:
    """Reconcile every date from first to last, both included, each as `tieout day` would.

    Raises Fault (exit 2) for days that are no business dates or the wrong way round, for an empty
    reason and where there is no workspace, and what a day raises; the dates before the failing
    one stay published. The reason is kept once the warehouse could be held.
    """
    _refuse_misuse(first, last, reason)
    for number in range((last - first).days + 1):
        with open_run(workspace, first + timedelta(days=number)) as run:
            if number == 0:
                _log(workspace, first, last, reason)
            day = _one_day(run)
        yield day


def _refuse_misuse(first: date, last: date, reason: str) -> None:
    refuse_asked(first)
    refuse_asked(last)
    if last < first:
        raise Fault(
            "backfill-backwards",
            ExitCode.MISUSE,
            where="backfill",
            found=f"a last date, {last}, before the first, {first}",
            expected="the first date, then the last",
            action="Turn the dates round.",
        )
    if not reason.strip():
        raise Fault(
            "backfill-without-reason",
            ExitCode.MISUSE,
            where="backfill",
            found="an empty reason",
            expected=f"why these days are run again; it is kept in {LOG_FILE}",
            action="Say why.",
        )


def _one_day(run: Run) -> BackfilledDay:
    folder = run.settings.reports / run.business_date.isoformat()
    for step in STEPS:
        step.run(run)
        if step.name == "land" and _stored_fingerprint(folder) == fingerprint(run):
            return BackfilledDay(run.business_date, folder, was_current=True)
    return BackfilledDay(run.business_date, folder, was_current=False)


def _stored_fingerprint(folder: Path) -> str | None:
    path = folder / "summary.json"
    try:
        with as_a_run_wrote(path):
            return str(stored_json(path)["versions"]["fingerprint"])
    except Fault:  # not there, or damaged: it is made anew
        return None


def _log(workspace: Path, first: date, last: date, reason: str) -> None:
    path = workspace / LOG_FILE
    is_new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        if is_new:
            writer.writerow(["first", "last", "reason"])
        writer.writerow([first.isoformat(), last.isoformat(), reason])
