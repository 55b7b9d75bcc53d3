"""What people put into a workspace besides deliveries: settings, formats, reference tables.

What is there and cannot be read is never taken for something that is not there.
"""

import os
from pathlib import Path

from tieout.faults import ExitCode, Fault


def own_file(path: Path, shown_as: str) -> bytes | None:
    """The bytes of a file, None when there is none. Raises Fault (exit 2) for one out of reach."""
    if not os.path.lexists(path):
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise _out_of_reach(shown_as, error, "a file that may be read") from error


def own_folder(path: Path) -> list[Path]:
    """What lies in a folder, sorted; nothing when there is none. Raises Fault as `own_file`."""
    if not os.path.lexists(path):
        return []
    try:
        return sorted(path.iterdir())
    except OSError as error:
        raise _out_of_reach(f"{path.name}/", error, "a folder that may be read") from error


def _out_of_reach(shown_as: str, error: OSError, expected: str) -> Fault:
    return Fault(
        "workspace-out-of-reach",
        ExitCode.MISUSE,
        where=shown_as,
        found=str(error.strerror).lower(),
        expected=expected,
        action="Mend it or its permissions, or take it away.",
    )
