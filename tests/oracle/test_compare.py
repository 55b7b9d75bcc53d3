"""The comparison notices every kind of disagreement."""

import csv
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from tests.oracle.compare import disagreements, expected_cells, table
from tests.oracle.evaluator import Verdict, evaluate
from tests.oracle.world import World, make_world

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(3, 120, calm=True)


@pytest.fixture(scope="module")
def verdict(world: World) -> Verdict:
    return evaluate(world.files, world.references, world.settings, world.day)


def write(path: Path, columns: list[str], rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def reports(verdict: Verdict, tmp_path: Path) -> Path:
    """A report folder that says what the verdict says."""
    breaks = [
        {"category": item.category, "subject": item.subject} | expected_cells(verdict, item)
        for item in verdict.breaks.values()
    ]
    columns = sorted({column for row in breaks for column in row})
    write(tmp_path / "breaks.csv", columns, breaks)
    for name, subjects in (("in_transit", verdict.in_transit), ("excluded", verdict.excluded)):
        write(tmp_path / f"{name}.csv", ["subject"], [{"subject": s} for s in sorted(subjects)])
    control = [{"scope": "channel", "name": "alipay", "side": "debit", "measure": "rows"}]
    write(tmp_path / "control.csv", [*control[0], "ties"], [control[0] | {"ties": "true"}])
    matches = [
        {
            "match_id": str(number),
            "rule": group.rule,
            "side": subject.split(":")[0],
            "channel": subject.split(":")[1],
            "channel_ref": subject.split(":")[2],
            "lender": subject.split(":")[1],
            "posting_id": subject.split(":")[2],
        }
        for number, group in enumerate(verdict.groups_of_the_day)
        for subject in sorted(group.subjects)
    ]
    assert matches
    parquet.write_table(pa.Table.from_pylist(matches), tmp_path / "matches.parquet")
    return tmp_path


def test_equal_reports_agree(world: World, verdict: Verdict, reports: Path) -> None:
    assert disagreements(verdict, reports) == []


def without_the_first(rows: Rows) -> Rows:
    return rows[1:]


def with_one_more(rows: Rows) -> Rows:
    return [*rows, rows[0] | {"subject": "posting:kakadai:nobody's"}]


def with_the_first_twice(rows: Rows) -> Rows:
    return [rows[0], *rows]


def with_another(column: str) -> Callable[[Rows], Rows]:
    def change(rows: Rows) -> Rows:
        first = next(row for row in rows if row[column])
        return [row | {column: "other"} if row is first else row for row in rows]

    return change


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("breaks", without_the_first),
        ("breaks", with_one_more),
        ("breaks", with_the_first_twice),
        ("breaks", with_another("liable")),
        ("breaks", with_another("open_since")),
        ("breaks", with_another("refund")),
        ("breaks", with_another("proof")),
        ("in_transit", without_the_first),
        ("in_transit", with_one_more),
        ("excluded", without_the_first),
        ("control", with_another("ties")),
    ],
)
def test_a_changed_report_disagrees(
    world: World, verdict: Verdict, reports: Path, name: str, change: Callable[[Rows], Rows]
) -> None:
    path = reports / f"{name}.csv"
    rows = table(path)
    write(path, list(rows[0]), change(rows))
    assert disagreements(verdict, reports) != []


def test_a_missing_match_disagrees(world: World, verdict: Verdict, reports: Path) -> None:
    path = reports / "matches.parquet"
    parquet.write_table(parquet.read_table(path).slice(1), path)
    assert disagreements(verdict, reports) != []
