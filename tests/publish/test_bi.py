"""What BI.md says can be done with the files of a workspace can be done."""

import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.days import replay
from tieout.day import reconcile

PAGE = (Path(__file__).parents[2] / "BI.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"^([^\n]+):\n\n```sql\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE)
(OF_THE_COPY,) = re.findall(r"```sql copy\n(.*?)```", PAGE, re.DOTALL)
COLUMNS = set(re.findall(r"`([a-z_]+)`", PAGE.partition("| column |")[2].partition("\n## ")[0]))
DAYS = (date(2018, 12, 18), date(2018, 12, 19))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sample = replay.SAMPLES / "kakadai_december"
    workspace = tmp_path_factory.mktemp("bi") / "workspace"
    replay.furnish(sample, workspace)
    replay.deliver(sample, workspace, replay.inbox_files(sample))
    for day in DAYS:
        reconcile(workspace, day)
    return workspace


def breaks_of(workspace: Path, day: date) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = pq.read_table(
        workspace / "reports" / str(day) / "breaks.parquet"
    ).to_pylist()
    return rows


@pytest.mark.parametrize(
    "query", [query for _, query in QUERIES], ids=[told for told, _ in QUERIES]
)
def test_every_query_runs_from_the_folder_of_the_workspace(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.chdir(workspace)
    with duckdb.connect() as engine:
        assert engine.sql(query).fetchall()


def test_the_query_by_date_counts_each_day_for_itself(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace)
    with duckdb.connect() as engine:
        found = engine.sql(QUERIES[0][1]).fetchall()
    assert found == [
        (str(day), len(rows), sum((row["refund"] or Decimal() for row in rows), Decimal()))  # type: ignore[misc]
        for day, rows in ((day, breaks_of(workspace, day)) for day in DAYS)
    ]


def test_the_query_of_the_latest_date_leaves_the_earlier_ones_out(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace)
    with duckdb.connect() as engine:
        found = engine.sql(QUERIES[1][1]).fetchall()
    assert sum(row[2] for row in found) == len(breaks_of(workspace, DAYS[-1]))


def test_a_copy_of_the_warehouse_can_be_read(workspace: Path, tmp_path: Path) -> None:
    copy = tmp_path / "warehouse-copy.duckdb"
    shutil.copy(workspace / "warehouse.duckdb", copy)
    with duckdb.connect(str(copy), read_only=True) as engine:
        found = engine.sql(OF_THE_COPY).fetchall()
        (rows,) = engine.sql("select count(*) from landing.settlement").fetchall()
    assert 0 < sum(row[2] for row in found) <= rows[0]
    assert not (workspace / "warehouse.duckdb.wal").exists()


def test_every_column_told_of_is_in_a_file(workspace: Path) -> None:
    report = workspace / "reports" / str(DAYS[-1])
    there = {name for path in report.glob("*.parquet") for name in pq.read_schema(path).names}
    words = {"d", "debit", "posting"}
    assert COLUMNS - there - words == set()
    assert {path.name for path in report.glob("*.parquet")} == set(
        re.findall(r"^\| `(\w+\.parquet)`", PAGE, re.MULTILINE)
    )
