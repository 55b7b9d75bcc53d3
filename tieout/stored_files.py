"""What stored runs left in reports/ and restated/, read again.

What is damaged can be made anew; what may not be read is the system's business.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tieout.faults import ExitCode, Fault


def stored_table(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """A Parquet file of a stored run. Raises Fault (exit 2) when it is damaged or not there."""
    try:
        return pq.read_table(path, columns=columns)
    except PermissionError:
        raise
    except (OSError, pa.ArrowInvalid, KeyError) as error:
        raise damaged(path, error) from error


def stored_json(path: Path) -> dict[str, Any]:
    """A JSON file of a stored run. Raises Fault (exit 2) when it is damaged or not there."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except PermissionError:
        raise
    except (OSError, ValueError) as error:
        raise damaged(path, error) from error
    if not isinstance(found, dict):
        raise damaged(path, TypeError("no object"))
    return found


def damaged(path: Path, error: Exception) -> Fault:
    """The fault (exit 2) of a file of a stored run that does not hold what a run writes."""
    folder = path.parent
    return Fault(
        "stored-run-damaged",
        ExitCode.MISUSE,
        where=f"{folder.parent.name}/{folder.name}/{path.name}",
        found=str(error).splitlines()[0],
        expected="the file as a run wrote it",
        action=f"Take the folder {folder.parent.name}/{folder.name} away; tieout day "
        f"{folder.name} makes the report anew.",
    )
