"""A full disk: nothing half-published, what was landed stays, and a rerun gives the same bytes."""

import duckdb
import pytest

from tests.days import replay
from tests.faults import runs
from tests.faults.conftest import DAY, Night

AT_A_COMMIT = ("before the second file is committed", "when the second file is committed")
WRITING = ("while breaks are written", "before the page", "when the old day stepped aside")
LANDED = "select path, lines from landing.files where lines > 0 order by path"


def landed(night: Night) -> set[tuple[str, int]]:
    """Every file in the warehouse with its number of lines."""
    with duckdb.connect(str(night.workspace / "warehouse.duckdb"), read_only=True) as warehouse:
        return set(warehouse.execute(LANDED).fetchall())


@pytest.mark.parametrize("where", ["when the lines of the second file are in", *AT_A_COMMIT])
def test_full_while_landing(night: Night, where: str) -> None:
    before = landed(night)
    runs.run_out_of_disk(night.workspace, DAY, where)
    assert replay.every_file(night.workspace / "reports") == night.old
    superseded = {(path, n) for path, n in before if "loans" in path or "postings" in path}
    assert before - superseded <= landed(night)
    runs.run(night.workspace, DAY)
    assert replay.every_file(night.workspace / "reports") == night.new


@pytest.mark.parametrize("where", WRITING)
def test_full_while_publishing(night: Night, where: str) -> None:
    runs.run_out_of_disk(night.workspace, DAY, where)
    assert replay.every_file(night.workspace / "reports") == night.old
    after_landing = landed(night)
    runs.run(night.workspace, DAY)
    assert landed(night) == after_landing
    assert replay.every_file(night.workspace / "reports") == night.new


@pytest.mark.parametrize("size", [1_000, 20_000], ids=["the warehouse", "the page"])
def test_full_for_real(night: Night, size: int) -> None:
    runs.run_where_no_file_outgrows(night.workspace, DAY, size)
    assert replay.every_file(night.workspace / "reports") == night.old
    runs.run(night.workspace, DAY)
    assert replay.every_file(night.workspace / "reports") == night.new
