"""Puts a finished folder of reports in place so that nobody ever sees half of one.

A day is written into the hidden sibling `.<date>.writing`, forced to disk, and swapped in by
two renames; the day it replaces waits as `.<date>.previous` in between. A process killed at
any moment therefore leaves the old day or the new day whole, and `recover` puts the names
right. One publisher at a time: the caller holds the warehouse.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"


def recover(reports: Path) -> None:
    """Undo a publication that did not finish; without one, do nothing.

    A day that was never swapped in is dropped, and the day it was to replace returns.
    """
    for writing in sorted(reports.glob(f".{_DAY}.writing")):
        shutil.rmtree(writing)
    for previous in sorted(reports.glob(f".{_DAY}.previous")):
        finished = reports / previous.name.removeprefix(".").removesuffix(".previous")
        if finished.exists():
            shutil.rmtree(previous)
        else:
            previous.rename(finished)


@contextmanager
def replacing(reports: Path, business_date: date) -> Iterator[Path]:
    """An empty folder to write the day into; on leaving it becomes `<reports>/<date>`.

    When the body raises, what `<reports>/<date>` was before stays.
    """
    reports.mkdir(parents=True, exist_ok=True)
    recover(reports)
    day = business_date.isoformat()
    finished = reports / day
    writing = reports / f".{day}.writing"
    writing.mkdir()
    try:
        yield writing
        for path in sorted(writing.rglob("*")):
            _force_to_disk(path)
        _force_to_disk(writing)
        if finished.exists():
            finished.rename(reports / f".{day}.previous")
        writing.rename(finished)
        _force_to_disk(reports)
    finally:
        recover(reports)


def _force_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
