"""Puts a finished folder of reports in place so that nobody ever sees half of one.

A day is written into the hidden sibling `.<date>.writing`, forced to disk, and swapped in by
two renames; the day it replaces waits as `.<date>.previous` in between. A process killed at
any moment therefore leaves the old day or the new day whole, and `recover` puts the names
right. One publisher at a time: the caller holds the warehouse.

Of a day that is replaced by a different one, KEPT goes to `restated/<date>` beside reports/, in
the place of what was kept of that date before. Nothing but a comparison reads it.
"""

import errno
import filecmp
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from tieout.to_disk import force_to_disk

KEPT = ("breaks.parquet", "carry_forward.parquet", "summary.json")
"""What tells a day that was replaced: its breaks, decided or not, and what it was made from."""

_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"


def recover(reports: Path) -> None:
    """Undo a publication that did not finish; without one, do nothing.

    A day that was never swapped in is dropped, and the day it was to replace returns. Of a day
    that was swapped out, what tells it is kept.
    """
    for writing in sorted(reports.glob(f".{_DAY}.writing")):
        shutil.rmtree(writing)
    for previous in sorted(reports.glob(f".{_DAY}.previous")):
        finished = reports / previous.name.removeprefix(".").removesuffix(".previous")
        if finished.exists():
            _put_away(previous, finished)
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
    for folder in (finished, _restated(reports)):
        if folder.exists() and not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
        if folder.exists() and not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    writing = reports / f".{day}.writing"
    writing.mkdir()
    try:
        yield writing
        for path in sorted(writing.rglob("*")):
            force_to_disk(path)
        force_to_disk(writing)
        if finished.exists():
            finished.rename(reports / f".{day}.previous")
        writing.rename(finished)
        force_to_disk(reports)
    finally:
        recover(reports)


def _put_away(previous: Path, finished: Path) -> None:
    """Keep what tells a day that was replaced, unless the new day is the same.

    Each step may be the last before the process is killed; done again, all end alike.
    """
    if all(_is_same(previous / name, finished / name) for name in KEPT):
        # a folder half deleted must not be taken for another day
        dropped = previous.with_name(f".{finished.name}.writing")
        previous.rename(dropped)
        shutil.rmtree(dropped)
        return
    for path in previous.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name not in KEPT:
            path.unlink()
    kept = _restated(finished.parent) / finished.name
    kept.parent.mkdir(exist_ok=True)
    if kept.exists():
        shutil.rmtree(kept)
    previous.rename(kept)


def _restated(reports: Path) -> Path:
    return reports.with_name("restated")


def _is_same(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return filecmp.cmp(one, other, shallow=False)
    return one.exists() == other.exists()
