"""Fetched files move into the inbox whole, and never over a file that is there already."""

import filecmp
import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tieout.faults import ExitCode, Fault
from tieout.to_disk import force_to_disk


@dataclass(frozen=True)
class Fetched:
    """A file that was fetched and where in the inbox it belongs.

    `latest`: the latest delivery of the same logical file, when the inbox holds one.
    """

    path: Path
    destination: Path
    latest: Path | None

    @property
    def is_new(self) -> bool:
        """Whether the inbox does not hold these very bytes as the latest delivery."""
        return self.latest is None or not filecmp.cmp(self.path, self.latest, shallow=False)


def deliver(fetched: Sequence[Fetched]) -> list[Path]:
    """Put the new files in place and return where; the same bytes twice change nothing.

    Raises Fault (exit 16), before anything was put anywhere, when a destination already holds
    other bytes: a delivered file is never changed. Whatever is raised on the way, no file stays.
    """
    new = [each for each in fetched if each.is_new]
    for number, each in enumerate(new):
        others = (other.destination for other in new[:number])
        if each.destination.exists() or each.destination in others:
            raise Fault(
                "delivered-already",
                ExitCode.NOT_FETCHED,
                where=str(each.destination),
                found="a file of that name with other content",
                expected="no file there yet, or the same content",
                action="Fetch with a later --delivered day, so that it replaces the earlier one.",
            )
    with ExitStack() as taken_back:
        for each in new:
            _link(each.path, each.destination)
            taken_back.callback(each.destination.unlink, missing_ok=True)
            force_to_disk(each.destination.parent)
        taken_back.pop_all()
    return [each.destination for each in new]


def _link(path: Path, destination: Path) -> None:
    destination.parent.mkdir(parents=True, exist_ok=True)
    force_to_disk(path)
    # unlike a rename, a link never takes the place of a file that has come in the meantime
    os.link(path, destination)
