"""What the last restatement of a day changed: its stored run beside the one it replaced.

A run that writes other bytes than the stored run of its date keeps the list it replaces in
the workspace's restated/<date>; here both lists become text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tieout.faults import ExitCode, Fault
from tieout.stored_files import as_a_run_wrote, stored_json, stored_rows, stored_table

Row = Mapping[str, Any]


@dataclass(frozen=True)
class _Read:
    """What a stored run was made from: files, by path what tells their parts, and versions."""

    files: Mapping[str, list[tuple[str, str]]]
    versions: Mapping[str, str]


_AMOUNTS = ("difference", "refund", "channel_amount", "ledger_amount")


def compare(workspace: Path, business_date: date) -> str:
    """The text of the comparison; it says so when the day was never restated.

    Raises Fault (exit 2) when no run of that date is stored, or a stored file is damaged.
    """
    stored = workspace / "reports" / business_date.isoformat()
    replaced = workspace / "restated" / business_date.isoformat()
    if not (stored / "breaks.parquet").exists():
        raise Fault(
            "day-not-stored",
            ExitCode.MISUSE,
            where=str(stored),
            found="no stored run of this date",
            expected="a business date with a report",
            action=f"Run tieout day {business_date} first, or correct the date.",
        )
    if not replaced.exists():
        return f"{business_date} was not restated\n"
    return "\n".join(_lines(business_date, replaced, stored)) + "\n"


def _lines(business_date: date, replaced: Path, stored: Path) -> Iterator[str]:
    before, after = _breaks(replaced), _breaks(stored)
    cleared = [row for break_id, row in before.items() if break_id not in after]
    opened = [row for break_id, row in after.items() if break_id not in before]
    both = [(row, after[break_id]) for break_id, row in before.items() if break_id in after]
    changed = [(old, new) for old, new in both if old != new]
    yield (
        f"{business_date} restated: {len(cleared)} cleared, {len(opened)} opened, "
        f"{len(changed)} changed, {len(both) - len(changed)} as they were"
    )
    yield "because"
    yield from _causes(_read_by(replaced), _read_by(stored))
    yield from _listed("cleared", cleared, _carried(stored), "decided")
    yield from _listed("opened", opened, _carried(replaced), "decided before")
    if changed:
        yield "changed"
    for old, new in changed:
        yield _told(new)
        yield from (
            f"      {name}: {_shown(old.get(name))} -> {_shown(new.get(name))}"
            for name in new
            if old.get(name) != new.get(name)
        )


def _listed(heading: str, rows: list[Row], decided: frozenset[str], note: str) -> Iterator[str]:
    if rows:
        yield heading
    for row in rows:
        yield _told(row) + (f"  ({note})" if row["break_id"] in decided else "")


def _told(row: Row) -> str:
    amount = next((row[name] for name in _AMOUNTS if row[name] is not None), None)
    of_amount = "" if amount is None else f"  {amount}"
    return f"  {row['break_id']}  {row['category']}  {row['subject']}{of_amount}"


def _shown(value: object) -> str:
    return "nothing" if value is None else str(value)


def _causes(before: _Read, after: _Read) -> Iterator[str]:
    """Files that came, went or count otherwise; else settings, tables and versions."""
    old, new = before.files, after.files
    causes = [
        *(f"  new file {path}" for path in sorted(new.keys() - old.keys())),
        *(f"  file gone {path}" for path in sorted(old.keys() - new.keys())),
        *(
            f"  file differs {path}"
            for path in sorted(old)
            if new.get(path, old[path]) != old[path]
        ),
        *(
            f"  {name} differs"
            for name in sorted(after.versions)
            if name != "fingerprint" and before.versions.get(name) != after.versions[name]
        ),
    ]
    yield from causes or ["  the stored run of the day before differs"]


def _read_by(folder: Path) -> _Read:
    path = folder / "summary.json"
    files: dict[str, list[tuple[str, str]]] = {}
    with as_a_run_wrote(path):
        for part in stored_rows(path, "inputs"):
            files.setdefault(part["path"], []).append((part["sha256"], part["status"]))
        return _Read(files, dict(stored_json(path)["versions"]))


def _breaks(folder: Path) -> dict[str, Row]:
    rows = stored_table(folder / "breaks.parquet").to_pylist()
    return {row["break_id"]: row for row in rows}


def _carried(folder: Path) -> frozenset[str]:
    """The breaks that the folder's day goes on with; those not on its list are decided."""
    path = folder / "carry_forward.parquet"
    rows = stored_table(path).to_pylist() if path.exists() else []
    return frozenset(row["break_id"] for row in rows if row["facts"] is not None)
