"""What stored runs left in reports/ and restated/, read again.

What is damaged can be made anew; what may not be read is the system's business.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tieout.faults import ExitCode, Fault


def stored_table(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """A Parquet file of a stored run. Raises Fault (exit 2) when it is damaged or not there."""
    with as_a_run_wrote(path):
        return pq.read_table(path, columns=columns)


def stored_csv_lists(path: Path, key: str) -> bool:
    """Whether a row of a stored run's CSV begins with that key; none does of a file that is not
    there. Raises Fault (exit 2) when the file is damaged.
    """
    if not path.exists():
        return False
    with as_a_run_wrote(path), path.open(encoding="utf-8") as lines:
        next(lines, "")
        return any(line.startswith(f"{key},") for line in lines)


def stored_json(path: Path) -> dict[str, Any]:
    """A JSON file of a stored run. Raises Fault (exit 2) when it is damaged or not there."""
    with as_a_run_wrote(path):
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, dict):
            raise ValueError("no object")
        return found


def stored_rows(path: Path, key: str) -> list[dict[str, Any]]:
    """The list of objects under that key of a JSON file of a stored run.

    Raises Fault (exit 2) when the file is damaged, not there, or holds no such list.
    """
    with as_a_run_wrote(path):
        rows = stored_json(path).get(key)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ValueError(f"no list of objects under {key!r}")
        return rows


@contextmanager
def as_a_run_wrote(path: Path) -> Iterator[None]:
    """Raises Fault (exit 2) for what shows that a file does not hold what a run writes.

    That is a file that cannot be read, and a ValueError, KeyError or TypeError (pyarrow's errors
    are some) of its reader.
    """
    try:
        yield
    except PermissionError:
        raise
    except (OSError, ValueError, KeyError, TypeError) as error:
        folder = path.parent
        raise Fault(
            "stored-run-damaged",
            ExitCode.MISUSE,
            where=f"{folder.parent.name}/{folder.name}/{path.name}",
            found=str(error).splitlines()[0],
            expected="the file as a run wrote it",
            action=f"Take the folder {folder.parent.name}/{folder.name} away; tieout day "
            f"{folder.name} makes the report anew.",
        ) from error
