"""inbox/: which source claims which file, and which delivery of a file counts.

Source: contract section 2 (delivery, business date) and section 3 (sources). A file's
logical name is its base name; of several files of one source with one logical name the
one whose path sorts last in byte order replaces the others, whole; but the same bytes once
more replace nothing.
"""

import errno
import filecmp
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from stat import S_ISREG
from typing import Literal

from tieout.business_dates import refuse_named
from tieout.faults import ExitCode, Fault
from tieout.settings import Settings, Source

BusinessDateRule = Callable[[Source, str], date | None]
"""Of a source and a base name: the business date the file belongs to, None if it has none."""

Standing = Literal["latest", "replaced", "repeated"]
"""Of the deliveries of one logical name: the one that counts, one before it, or its own bytes
delivered after it once more."""


@dataclass(frozen=True)
class Delivery:
    """One file of the inbox. `path` is relative to inbox/, with forward slashes."""

    path: str
    source: Source
    business_date: date
    standing: Standing

    @property
    def base_name(self) -> str:
        return self.path.rpartition("/")[2]


def deliveries(settings: Settings, business_date_of: BusinessDateRule) -> list[Delivery]:
    """Every file of the inbox, each with the one source that claims it, sorted by path.

    Raises Fault: exit 2 when there is no file at all, exit 10 when a file is claimed by no
    source or by two, exit 11 when it is out of reach or its name tells no business date or is no
    text.
    """
    paths = _files_below(settings.inbox)
    if not paths:
        raise Fault(
            "inbox-empty",
            ExitCode.MISUSE,
            where=str(settings.inbox),
            found="no file",
            expected="ledger and settlement files, at any depth",
            action="Deliver the files of the business date into inbox/ and run again.",
        )
    claimed = [(path, claim(path, settings.sources)) for path in paths]
    logical: dict[tuple[Source, str], list[str]] = defaultdict(list)
    for path, source in claimed:
        logical[source, path.rpartition("/")[2]].append(path)
    standings = {
        path: standing
        for same in logical.values()
        for path, standing in _standings(settings.inbox, same)
    }
    return [
        Delivery(path, source, _dated(path, source, business_date_of), standings[path])
        for path, source in claimed
    ]


def _standings(inbox: Path, paths: Sequence[str]) -> Iterator[tuple[str, Standing]]:
    """Of the deliveries of one logical name, sorted by path."""
    counts = len(paths) - 1
    while counts and filecmp.cmp(inbox / paths[counts - 1], inbox / paths[counts], shallow=False):
        counts -= 1
    for place, path in enumerate(paths):
        yield path, "replaced" if place < counts else "latest" if place == counts else "repeated"


def latest(settings: Settings, source: Source, base_name: str) -> Path | None:
    """The latest delivery of a logical file that lies in the inbox, if there is one."""
    paths = [
        path
        for path in _files_below(settings.inbox)
        if path.rpartition("/")[2] == base_name and _pattern(source.files).fullmatch(path)
    ]
    return settings.inbox / paths[-1] if paths else None


def _files_below(inbox: Path) -> list[str]:
    """Paths relative to the inbox, in byte order; links are followed.

    Raises Fault (exit 11) for whatever is in the way of a file: one passed over in silence would
    be missed by nobody.
    """
    found = _walked(inbox, inbox, ()) if inbox.is_dir() else ()
    return sorted((path.relative_to(inbox).as_posix() for path in found), key=os.fsencode)


def _walked(inbox: Path, folder: Path, within: tuple[tuple[int, int], ...]) -> Iterator[Path]:
    """Every file below; `within`: device and number of the folders that led here."""
    path = folder
    try:
        stat = folder.stat()
        here = (*within, (stat.st_dev, stat.st_ino))
        if here[-1] in within:
            raise OSError(errno.ELOOP, "a folder within itself")
        for path in folder.iterdir():
            if path.is_dir():
                yield from _walked(inbox, path, here)
                continue
            if not S_ISREG(path.stat().st_mode):
                raise OSError(errno.EINVAL, "neither a file nor a folder")
            if not os.access(path, os.R_OK):
                raise OSError(errno.EACCES, os.strerror(errno.EACCES))
            yield path
    except OSError as error:
        raise Fault(
            "inbox-out-of-reach",
            ExitCode.UNREADABLE,
            where=_shown(path.relative_to(inbox).as_posix()),
            found=str(error.strerror).lower(),
            expected="files and folders that may be read",
            action="Mend it or its permissions, or take it out of inbox/.",
        ) from error


def _shown(path: str) -> str:
    """A path below inbox/ that can be printed, whatever its bytes."""
    return "inbox/" + path.encode("utf-8", "backslashreplace").decode()


def claim(path: str, sources: Sequence[Source]) -> Source:
    """The one source whose pattern fits a path below inbox/. Raises Fault (exit 10)."""
    claims = [source for source in sources if _pattern(source.files).fullmatch(path)]
    if len(claims) == 1:
        return claims[0]
    if not claims:
        raise Fault(
            "inbox-unclaimed",
            ExitCode.CLAIM,
            where=f"inbox/{path}",
            found="no source claims this file",
            expected=f"one of: {_quoted(source.files for source in sources)}",
            action="Add a [[source]] for it to tieout.toml, or take the file out of inbox/.",
        )
    raise Fault(
        "inbox-claimed-twice",
        ExitCode.CLAIM,
        where=f"inbox/{path}",
        found=f"claimed by {_quoted(source.files for source in claims)}",
        expected="exactly one source",
        action="Narrow the files pattern of all but one of these sources in tieout.toml.",
    )


def _dated(path: str, source: Source, business_date_of: BusinessDateRule) -> date:
    if any("\ud800" <= character <= "\udfff" for character in path):
        raise Fault(
            "file-name-no-text",
            ExitCode.UNREADABLE,
            where=_shown(path),
            found="a file name whose bytes are no UTF-8",
            expected="a name that can be told in a report",
            action="Deliver the file under a name in UTF-8.",
        )
    told = business_date_of(source, path.rpartition("/")[2])
    return checked_date(told, f"inbox/{path}", source.format)


def checked_date(told: date | None, where: str, format_name: str) -> date:
    """What a file's name tells, when it is a business date. Raises Fault (exit 11) otherwise."""
    if told is None:
        raise Fault(
            "file-without-date",
            ExitCode.UNREADABLE,
            where=where,
            found="a file name without a business date",
            expected=f"a name as format {format_name} dates it",
            action="Rename the file as its sender names it, or correct the format's date rule.",
        )
    refuse_named(told, where)
    return told


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    """`*` and `?` stay inside a folder, `**` crosses folders."""
    translated = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    pieces = re.split(r"(\*\*/|\*\*|\*|\?)", glob)
    return re.compile("".join(translated.get(piece, re.escape(piece)) for piece in pieces))


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
